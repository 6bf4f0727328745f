'use client'
/** Answers of the API that came with a page: what it shows stands at once, and only what comes after is asked for. */
import { createContext, use, useMemo, type ReactNode } from 'react'
import { addressOf, type Address, type AnswerOf, type CallOptions } from '@/lib/api/call'

/**
 * What was answered, by path and query: "/v3/approvals?list=mine". As the text that it was answered in, which costs a page
 * nothing to carry, and is read where somebody shows it.
 */
export type BroughtAnswers = Readonly<Record<string, string>>

/** So long nobody asks again for what came with the page. */
const FRESH_MS = 3000

interface Known {
  answer: () => unknown
  /** When this browser had it (milliseconds of its own clock). */
  at: number
}

const Context = createContext<ReadonlyMap<string, Known>>(new Map())

/** When answers were first seen here: a page that somebody goes back to brings the same ones once more. */
const firstSeen = new WeakMap<BroughtAnswers, number>()

export function BroughtProvider({ answers, children }: { answers: BroughtAnswers; children: ReactNode }) {
  const around = use(Context)
  const known = useMemo(() => withAnswers(around, answers), [around, answers])
  return <Context value={known}>{children}</Context>
}

/** For useQuery: begins with what the page brought of this address; without that nothing. */
export function useBrought<A extends Address>(
  address: A,
  options: Pick<CallOptions<A>, 'params' | 'query'> = {},
): { initialData?: AnswerOf<A>; initialDataUpdatedAt?: number; staleTime?: number } {
  const known = use(Context).get(addressOf(address, options))
  if (!known) return {}
  return { initialData: known.answer() as AnswerOf<A>, initialDataUpdatedAt: known.at, staleTime: FRESH_MS }
}

/** The same for the first page of a list, for useInfiniteQuery. */
export function useBroughtPage<A extends Address>(address: A, options: Pick<CallOptions<A>, 'params' | 'query'> = {}) {
  const { initialData, ...rest } = useBrought(address, options)
  return initialData === undefined ? {} : { initialData: { pages: [initialData], pageParams: [undefined] }, ...rest }
}

function withAnswers(around: ReadonlyMap<string, Known>, answers: BroughtAnswers): ReadonlyMap<string, Known> {
  const at = firstSeen.get(answers) ?? Date.now()
  firstSeen.set(answers, at)
  const known = new Map(around)
  for (const [path, text] of Object.entries(answers)) known.set(path, { answer: readOnce(text), at })
  return known
}

function readOnce(text: string): () => unknown {
  let read: { answer: unknown } | undefined
  return () => (read ??= { answer: JSON.parse(text) as unknown }).answer
}
