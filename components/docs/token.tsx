'use client'
/** The access token that a developer pastes: kept in the memory of this page, never stored, never in an address. */
import { createContext, use, useId, useState, type FormEvent, type ReactNode } from 'react'
import { useHydrated } from '@/components/hydrated'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { FlaskConical, ShieldAlert } from 'lucide-react'
import type { CallsAnswer, CallingClient } from '@/lib/developers/answers'
import { words } from './words'

export interface HeldToken {
  token: string
  client: CallingClient
}

interface Holding {
  held: HeldToken | null
  hold: (held: HeldToken | null) => void
}

const TokenContext = createContext<Holding>({ held: null, hold: () => {} })

export function TokenProvider({ children }: { children: ReactNode }) {
  const [held, hold] = useState<HeldToken | null>(null)
  return <TokenContext value={{ held, hold }}>{children}</TokenContext>
}

/** The token of this page, null until one was pasted and found valid. */
export function useHeldToken(): HeldToken | null {
  return use(TokenContext).held
}

/** Asks for the last calls with a token; an Error carries the sentence to show. */
export async function fetchCalls(token: string, signal?: AbortSignal): Promise<CallsAnswer> {
  const response = await fetch('/v3/calls', {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  }).catch(() => null)
  const answer: unknown = await response?.json().catch(() => null)
  if (response?.ok) return answer as CallsAnswer
  if (response?.status === 401) throw new Error(words.token.wrong)
  throw new Error((answer as { message?: string } | null)?.message ?? words.token.unreachable)
}

/** Where the token is pasted, and whose it is. */
export function TokenPanel() {
  const { held, hold } = use(TokenContext)
  if (!held) return <TokenForm />
  const { name, sandbox } = held.client
  const Icon = sandbox ? FlaskConical : ShieldAlert
  return (
    <div role="status" className="space-y-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span>
          {words.token.using} <bdi className="font-semibold">{name}</bdi>
        </span>
        <span
          className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pe-2.5 ps-2 text-xs font-semibold ${sandbox ? 'bg-ok-soft text-ok' : 'bg-stop-soft text-stop'}`}
        >
          <Icon aria-hidden className="size-3.5" />
          {sandbox ? words.token.sandbox : words.token.real}
        </span>
        <Button kind="quiet" className="ms-auto" onClick={() => hold(null)}>
          {words.token.forget}
        </Button>
      </p>
      {sandbox ? (
        <p className="text-sm text-ink-2">{words.token.sandboxLead}</p>
      ) : (
        <Notice kind="warn">{words.token.realLead}</Notice>
      )}
    </div>
  )
}

/** The field alone, also where somebody wants to send something and has no token yet. */
export function TokenForm() {
  const { hold } = use(TokenContext)
  const id = useId()
  const hydrated = useHydrated()
  const [problem, setProblem] = useState('')
  const [checking, setChecking] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const field = event.currentTarget.elements.namedItem(id) as HTMLInputElement
    const token = field.value.trim()
    setProblem('')
    if (token === '') {
      setProblem(words.token.missing)
      return field.focus()
    }
    setChecking(true)
    try {
      const { client } = await fetchCalls(token)
      hold({ token, client })
    } catch (error) {
      setProblem((error as Error).message)
      field.focus()
    } finally {
      setChecking(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      <label htmlFor={id} className="font-semibold">
        {words.token.label}
      </label>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-sm font-semibold text-stop">
          {problem}
        </p>
      )}
      <div className="mt-1.5 flex gap-3 max-sm:flex-col">
        <input
          id={id}
          type="password"
          dir="ltr"
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="none"
          spellCheck={false}
          disabled={!hydrated}
          aria-invalid={problem !== '' || undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          className={`min-h-11 w-full min-w-0 flex-1 rounded-control border bg-sheet px-3.5 font-mono text-[0.9375rem] ${problem ? 'border-stop' : 'border-edge'}`}
        />
        <Button type="submit" kind="main" busy={checking} disabled={!hydrated}>
          {checking ? words.token.checking : words.token.use}
        </Button>
      </div>
    </form>
  )
}
