/** A source system that is told by webhook: it keeps what comes, checks the signatures by itself, and does not always answer. */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { EVENTS } from '@/lib/webhooks/events'
import { addWebhook } from '@/lib/webhooks/webhooks'
import { groupedBy } from './answers'
import type { People } from './people'
import type { Violation } from './tables'
import type { World } from './world'

/** Of the messages that it sees for the first time: every so many it is out of order, or gone before it answers. */
const BROKEN_EVERY = 37
const GONE_EVERY = 53

/** A message as it came in. */
export interface Received {
  id: string
  body: string
  /** Its signature fits. */
  genuine: boolean
  /** What it was answered with; null = the connection was cut. */
  answered: number | null
}

export interface Receiver {
  received: Received[]
  stop(): Promise<void>
}

/** Listens, and has the installation tell it of everything from now on. */
export async function startReceiver(world: World, { context, first }: People): Promise<Receiver> {
  const received: Received[] = []
  const seen = new Set<string>()
  let secret = ''
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const id = String(request.headers['webhook-id'])
    const signed = `${id}.${String(request.headers['webhook-timestamp'])}.${body}`
    const genuine = String(request.headers['webhook-signature']).split(' ').includes(signatureOf(secret, signed))
    const isNew = !seen.has(id)
    seen.add(id)
    const answered = isNew && seen.size % GONE_EVERY === 0 ? null : isNew && seen.size % BROKEN_EVERY === 0 ? 500 : 204
    received.push({ id, body, genuine, answered })
    // Not the request, which is over once its body was read: the sender would wait until it loses patience.
    if (answered === null) request.socket.destroy()
    else response.writeHead(answered).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const client = await world.database.ask((pg) => pg.query<{ id: string }>(`select id from api_client limit 1`))
  const facts = { url: `http://127.0.0.1:${port}/told`, events: [...EVENTS], callbackToken: null }
  ;({ secret } = await addWebhook(context, first, client.rows[0]!.id, facts))
  return {
    received,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** standardwebhooks.com, symmetric. */
function signatureOf(secret: string, signed: string): string {
  return `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(signed)
    .digest('base64')}`
}

/** A message as the tables have it. */
export interface DeliveryRow {
  id: string
  n: string
  type: string
  data: unknown
  state: string
}

const CHECKS: [invariant: string, check: (deliveries: DeliveryRow[], received: Received[]) => unknown[]][] = [
  ['every message to a source system arrived and was taken, at least once, as it is in the tables', undelivered],
  ['a source system gets nothing that nobody wrote, and nothing with another signature or another content', invented],
]

/** Between the messages of the tables and what the receiver has. Pure. */
export function checkHooks(deliveries: DeliveryRow[], received: Received[]): Violation[] {
  return CHECKS.map(([invariant, check]) => ({ invariant, rows: check(deliveries, received) })).filter(
    ({ rows }) => rows.length > 0,
  )
}

function undelivered(deliveries: DeliveryRow[], received: Received[]): unknown[] {
  const taken = groupedBy(
    received.filter(({ answered }) => answered === 204),
    ({ id }) => id,
  )
  return deliveries.flatMap(({ id, n, type, data, state }) => {
    const arrived = taken.get(id) ?? []
    const fits = (body: string) => {
      const said = JSON.parse(body) as { type: string; sequence: number; data: unknown }
      return said.type === type && said.sequence === Number(n) && isDeepStrictEqual(said.data, data)
    }
    const fine = state === 'delivered' && arrived.length > 0 && arrived.every(({ body }) => fits(body))
    return fine ? [] : [{ id, type, state, arrived: arrived.length }]
  })
}

function invented(deliveries: DeliveryRow[], received: Received[]): unknown[] {
  const known = new Set(deliveries.map(({ id }) => id))
  const bodies = groupedBy(received, ({ id }) => id)
  const wrong = received.filter(({ id, genuine }) => !known.has(id) || !genuine)
  const changed = [...bodies].filter(([, all]) => new Set(all.map(({ body }) => body)).size > 1)
  return [...wrong.map(({ id, genuine }) => ({ id, genuine })), ...changed.map(([id]) => ({ id, contents: 'differ' }))]
}
