/** Holds everything that can be read at the end against everything that was asked: all invariants of a run. */
import type pg from 'pg'
import { contextDocument } from '@/lib/signing/contexts'
import { pinnedContext, STANDARD_CONTEXTS } from '@/lib/signing/contexts2'
import { run } from '../../start/run.mjs'
import { checkAnswers, type StatusRow, type TransactionRow } from './answers'
import { checkHooks, type DeliveryRow, type Received } from './hooks'
import type { Entry } from './journal'
import { readTopics, type Sent } from './messages'
import { keysOf, type Words } from './proofs'
import { checkPublished, type CertificateRow, type Read } from './published'
import { checkTables, type Violation } from './tables'
import { checkTopics, type EventRow } from './topics'
import { checkVc, type PlannedVc, type VcRow } from './vc'
import { marksOf, type PlannedWork } from './work'
import { PUBLIC_URL, UPDATE_LIMIT, type World } from './world'

/** As they are called without settings. */
const NAMESPACES = {
  namespace: 'https://divoc.dev/credentials/vaccination/v2',
  namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
}

/** Everything that was asked, by whomever, and what a source system was told. */
export interface Everything {
  entries: Entry[]
  sent: Sent[]
  vc: PlannedVc[]
  work: PlannedWork[]
  received: Received[]
}

/** What was looked at, and what of it is broken: nothing = all invariants hold. */
export interface Checked {
  broken: Violation[]
  looked: { certificates: number; requests: number; events: number; deliveries: number; told: number }
}

export async function checkAll(world: World, asked: Everything): Promise<Checked> {
  const { entries, sent, vc, work, received } = asked
  return world.database.ask(async (client) => {
    const { brokers } = world
    const transactions = await transactionsOf(client)
    const statuses = await statusesOf(client)
    const otherMarks = new Set([...sent.map(({ mark }) => mark), ...marksOf(work)])
    const read = readerOf(world)
    const keys = keysOf((await read('/.well-known/jwks.json')).body as Parameters<typeof keysOf>[0])
    const certificates = await certificatesOf(client)
    const events = await eventsOf(client)
    const messages = brokers ? await readTopics(brokers.address) : []
    const deliveries = await deliveriesOf(client)
    const broken = [
      ...(await checkTables(client, UPDATE_LIMIT, brokers !== null)),
      ...checkAnswers(entries, { transactions, statuses, otherMarks }),
      ...(brokers ? checkTopics({ events, messages, sent, transactions }) : []),
      ...(brokers ? checkVc(vc, messages, await vcRowsOf(client)) : []),
      ...checkHooks(deliveries, received),
      ...(await checkPublished({ certificates, keys, words: wordsOf(read), read })),
      ...(await auditChain(world)),
      ...world.badEnds.map(({ name, at, how }) => ({
        invariant: 'no process ends unasked, or otherwise than asked',
        rows: [{ name, at, how }],
      })),
    ]
    const looked = {
      certificates: certificates.length,
      requests: transactions.length,
      events: events.length,
      deliveries: messages.length,
      told: deliveries.length,
    }
    return { broken, looked }
  })
}

async function transactionsOf(client: pg.Client): Promise<TransactionRow[]> {
  const { rows } = await client.query<TransactionRow>(
    `select t.id, t.certificate_id as "certificateId", t.state::text as state, l.pre_enrollment_code as code,
            t.request->'vaccination'->>'batch' as mark
     from transaction t join lineage l on l.id = t.lineage_id
     where l.type = 'VaccinationCertificate' and t.kind <> 'reissue'`,
  )
  return rows
}

async function statusesOf(client: pg.Client): Promise<StatusRow[]> {
  const { rows } = await client.query<StatusRow>(
    `select certificate_id as "certificateId", state::text as state, reason->>'note' as note from status_entry
     where state <> 'superseded' order by id`,
  )
  return rows
}

async function vcRowsOf(client: pg.Client): Promise<VcRow[]> {
  const { rows } = await client.query<VcRow>(
    `select v.own_id as "transactionId", t.certificate_id as "certificateId", t.state::text as state
     from vc_request v join transaction t on t.id = v.transaction_id`,
  )
  return rows
}

async function deliveriesOf(client: pg.Client): Promise<DeliveryRow[]> {
  const { rows } = await client.query<DeliveryRow>(
    'select id::text, n::text, type, data, state from webhook_delivery order by n',
  )
  return rows
}

async function eventsOf(client: pg.Client): Promise<EventRow[]> {
  const { rows } = await client.query<EventRow>(
    `select event_id as id, topic, key, payload, published_at is not null as published, failure from outbox order by outbox.id`,
  )
  return rows
}

async function certificatesOf(client: pg.Client): Promise<CertificateRow[]> {
  const { rows } = await client.query<CertificateRow>(
    `select c.certificate_id as "certificateId", c.state::text as state, c.credential, c.credential2,
            c.status_list_id as "listId", c.status_index as index,
            (select s.reason->>'cause' from status_entry s where s.certificate_id = c.certificate_id and s.state = 'revoked'
             order by s.id desc limit 1) as cause
     from certificate c`,
  )
  return rows
}

/** Each question goes to another web server than the one before. */
function readerOf({ webs }: World): Read {
  let asked = 0
  return async (path, body) => {
    const { url } = webs[asked++ % webs.length]!
    const response = await fetch(url + path, {
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

/** The W3C's documents as the packages have them, DIVOC's words as they are shipped, and those that the installation publishes itself. */
function wordsOf(read: Read): Words {
  const own = new Map<string, Promise<object>>()
  return async (url) => {
    if (STANDARD_CONTEXTS.has(url)) return pinnedContext(url, STANDARD_CONTEXTS)
    if (!url.startsWith(PUBLIC_URL)) return contextDocument(url, NAMESPACES)
    const known = own.get(url) ?? read(url.slice(PUBLIC_URL.length)).then(({ body }) => body as object)
    own.set(url, known)
    return known
  }
}

/** The product's own check of the sealed log, as its administrator runs it. */
async function auditChain({ environment }: World): Promise<Violation[]> {
  try {
    await run('audit:verify', process.execPath, ['lib/start/audit-verify.mjs'], { env: environment })
    return []
  } catch (error) {
    return [{ invariant: 'the audit log is whole', rows: [(error as Error).message] }]
  }
}
