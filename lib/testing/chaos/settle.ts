/** The end of a run: everything is up again, and nothing waits any more. */
import type pg from 'pg'
import { lagOf } from './messages'
import { pause, ready, type World } from './world'

/** The consumer groups of the product, unless it is told otherwise, by the topic that they read. */
const GROUPS = { certify: 'certificate_signer', 'vc-certify': 'certificate_signer-vc' }

/** What may still wait, and how that is told. */
const WAITING: [what: string, sql: string][] = [
  ['requests', `select count(*)::int as n from transaction where state = 'pending'`],
  ['events', 'select count(*)::int as n from outbox where published_at is null and failure is null'],
  ['changes of validity that no list has', 'select count(*)::int as n from status_entry where listed_at is null'],
  [
    'audit rows without a seal',
    `select count(*)::int as n from audit_event e
     where not exists (select 1 from audit_seal s where (s.era, s.last_xid, s.last_id) >= (e.era, e.xid, e.id))`,
  ],
  ['files', `select count(*)::int as n from bulk_run where state in ('checking', 'running')`],
  ['recalls', `select count(*)::int as n from recall where state in ('proposed', 'running')`],
  ['re-issues', `select count(*)::int as n from reissue where state not in ('done', 'stopped')`],
  ['messages to source systems', `select count(*)::int as n from webhook_delivery where state = 'waiting'`],
]

/** Waits until nothing waits. Answers what still does after so long; nothing = all is done. */
export async function settle(world: World, withinMs: number): Promise<string[]> {
  const until = Date.now() + withinMs
  for (const web of world.webs) await ready(web.url, withinMs)
  let left: string[]
  do {
    await pause(500)
    left = await world.database.ask((client) => waiting(world, client))
  } while (left.length > 0 && Date.now() < until)
  return left
}

async function waiting({ brokers }: World, client: pg.Client): Promise<string[]> {
  const left: string[] = []
  for (const [what, sql] of WAITING) {
    const { rows } = await client.query<{ n: number }>(sql)
    if (rows[0]!.n > 0) left.push(`${rows[0]!.n} ${what}`)
  }
  for (const [topic, group] of brokers ? Object.entries(GROUPS) : []) {
    const lag = await lagOf(brokers!.address, group, topic).catch(() => Infinity)
    if (lag > 0) left.push(`${lag} messages on ${topic}`)
  }
  return left
}
