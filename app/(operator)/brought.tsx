/** Brings answers of the API with a page: asked here, through the handlers that browsers ask, with their checks and their records of looks. */
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { BroughtProvider, type BroughtAnswers } from '@/components/brought'
import { addressOf, type Address, type AnswerOf, type CallOptions } from '@/lib/api/call'
import { contract } from '@/lib/api/contract'
import { mayCall } from '@/lib/api/roles'
import type { Handler } from '@/lib/api/serve'
import { currentOperator } from '@/lib/auth/session'
import { config } from '@/lib/config'

/** What can be brought, and where it is served. */
const SERVED = {
  'GET /v3/account': () => import('@/app/v3/account/route'),
  'GET /v3/approvals': () => import('@/app/v3/approvals/route'),
  'GET /v3/approvals/waiting': () => import('@/app/v3/approvals/waiting/route'),
  'GET /v3/bulk': () => import('@/app/v3/bulk/route'),
  'GET /v3/bulk/waiting': () => import('@/app/v3/bulk/waiting/route'),
  'GET /v3/certificates/{certificateId}': () => import('@/app/v3/certificates/[certificateId]/route'),
  'GET /v3/certificates/{certificateId}/links': () => import('@/app/v3/certificates/[certificateId]/links/route'),
  'GET /v3/certificates/{certificateId}/presence': () => import('@/app/v3/certificates/[certificateId]/presence/route'),
  'GET /v3/certificates/{certificateId}/prints': () => import('@/app/v3/certificates/[certificateId]/prints/route'),
  'GET /v3/certificates/{certificateId}/reveals': () => import('@/app/v3/certificates/[certificateId]/reveals/route'),
  'GET /v3/checks': () => import('@/app/v3/checks/route'),
  'GET /v3/clients': () => import('@/app/v3/clients/route'),
  'GET /v3/drafts/{certificateId}': () => import('@/app/v3/drafts/[certificateId]/route'),
  'GET /v3/drafts': () => import('@/app/v3/drafts/route'),
  'GET /v3/facilities': () => import('@/app/v3/facilities/route'),
  'GET /v3/look-ups/stops': () => import('@/app/v3/look-ups/stops/route'),
  'GET /v3/openings/review': () => import('@/app/v3/openings/review/route'),
  'GET /v3/operators': () => import('@/app/v3/operators/route'),
  'GET /v3/queue': () => import('@/app/v3/queue/route'),
  'GET /v3/queue/transactions': () => import('@/app/v3/queue/transactions/route'),
  'GET /v3/recalls': () => import('@/app/v3/recalls/route'),
  'GET /v3/recalls/waiting': () => import('@/app/v3/recalls/waiting/route'),
  'GET /v3/recent': () => import('@/app/v3/recent/route'),
  'GET /v3/today': () => import('@/app/v3/today/route'),
  'GET /v3/today/waiting': () => import('@/app/v3/today/waiting/route'),
  'GET /v3/trust': () => import('@/app/v3/trust/route'),
  'GET /v3/type-overview': () => import('@/app/v3/type-overview/route'),
  'GET /v3/types': () => import('@/app/v3/types/route'),
  'GET /v3/webhooks/stopped': () => import('@/app/v3/webhooks/stopped/route'),
} satisfies Partial<Record<Address, () => Promise<{ GET: Handler }>>>

type Served = keyof typeof SERVED

/** One answer that a page wants to bring. */
export interface Wanted<A extends Served = Served> {
  address: A
  path: string
}

/** Names an answer as `call` would ask for it. */
export function wanted<A extends Served>(
  address: A,
  options: Pick<CallOptions<A>, 'params' | 'query'> = {},
): Wanted<A> {
  return { address, path: addressOf(address, options) }
}

/** The page with its answers. What the person's roles do not let them ask is left out, as the screens leave it out. */
export async function Brought({ answers, children }: { answers: Wanted[]; children: ReactNode }) {
  return <BroughtProvider answers={await answersTo(answers)}>{children}</BroughtProvider>
}

/** The answers by path, in one go. */
export async function answersTo(asked: Wanted[]): Promise<BroughtAnswers> {
  const roles = (await currentOperator())?.roles ?? []
  const allowed = asked.filter(({ address }) => mayCall(rowOf(address), roles))
  const given = await headers()
  const asker = new Headers({ accept: 'application/json' })
  for (const name of ['cookie', 'host', 'x-forwarded-for']) {
    const value = given.get(name)
    if (value !== null) asker.set(name, value)
  }
  const pairs = allowed.map(async ({ address, path }) => {
    const { GET } = await SERVED[address]()
    const response = await GET(new Request(new URL(path, config().publicUrl), { headers: asker }))
    // What was refused or failed the screens ask themselves, and say so.
    return response.ok ? [[path, await response.text()] as const] : []
  })
  return Object.fromEntries((await Promise.all(pairs)).flat())
}

/** One of the answers; undefined when it is not among them. */
export function answerTo<A extends Served>(answers: BroughtAnswers, { path }: Wanted<A>): AnswerOf<A> | undefined {
  const text = answers[path]
  return text === undefined ? undefined : (JSON.parse(text) as AnswerOf<A>)
}

function rowOf(address: Served) {
  return Object.values(contract).find(({ method, path }) => `${method} ${path}` === address)!
}
