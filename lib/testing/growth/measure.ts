/** How long the questions of every day take on a grown registry, asked of the real handlers. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { GET as today } from '@/app/v3/today/route'
import { GET as auditLog } from '@/app/v3/audit/route'
import { GET as sameInSession } from '@/app/v3/bulk/same/route'
import { GET as certificate } from '@/app/v3/certificates/[certificateId]/route'
import { GET as status } from '@/app/v3/certificates/[certificateId]/status/route'
import { GET as find } from '@/app/v3/certificates/route'
import { GET as queue } from '@/app/v3/queue/route'
import { POST as previewRecall } from '@/app/v3/recalls/preview/route'
import { POST as countReissue } from '@/app/v3/reissues/count/route'
import { POST as sampleReissue } from '@/app/v3/reissues/samples/route'
import { GET as typeUse } from '@/app/v3/types/[name]/use/route'
import { ROLES } from '@/lib/auth/roles'
import { passwordMark } from '@/lib/auth/operator'
import { sessionCookie } from '@/lib/auth/session-cookie'
import { acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { issueNext } from '@/lib/certificates/issue'
import type { SigningKeys } from '@/lib/signing/signing-keys'
import { metricsText } from '@/lib/operations/metrics-text'
import { aCaller, options } from '../builders'
import { printTable, quantile } from '../measure'
import { facilityCode } from './registry'
import { tokenOf } from './store-growth'

const EACH = 400
const SLOW = 5

interface Sample {
  code: string
  certificateId: string
  record: Record<string, unknown>
}

/** Prints median, 95th and 99th percentile of each, one request at a time. */
export async function measure(context: Context, client: pg.Client, keys: SigningKeys): Promise<void> {
  const samples = await someRecords(client, 4 * EACH)
  const token = { authorization: `Bearer ${tokenOf(150)}`, accept: 'application/json' }
  const facility = { cookie: await cookieOf(context, facilityCode(40)) }
  const everybody = { cookie: await cookieOf(context, null) }
  const one = (n: number) => samples[n % samples.length]!
  const inFacility = await certificateOf(client, facilityCode(40))
  const json = (headers: object) => ({ ...headers, 'content-type': 'application/json' })
  const rows: string[][] = []
  const timed = async (what: string, work: (n: number) => Promise<unknown>, each = EACH) => {
    for (let n = 0; n < Math.min(10, each); n++) await work(n)
    const times: number[] = []
    for (let n = 10; n < each + 10; n++) {
      const start = performance.now()
      await work(n)
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    rows.push([what, ...[0.5, 0.95, 0.99].map((part) => quantile(times, part).toFixed(1))])
  }
  const get = async (handler: Handler, path: string, headers: Record<string, string>) =>
    read(await handler(new Request(`http://localhost:3000${path}`, { headers: { ...OWN_PAGE, ...headers } })))
  const post = async (handler: Handler, path: string, headers: Record<string, string>, body: unknown) =>
    read(
      await handler(
        new Request(`http://localhost:3000${path}`, {
          method: 'POST',
          headers: { ...OWN_PAGE, ...json(headers) },
          body: JSON.stringify(body),
        }),
      ),
    )

  await timed('find by code', (n) => get(find, `/v3/certificates?preEnrollmentCode=${one(n).code}`, token))
  await timed('a certificate with its history', (n) =>
    get(certificate, `/v3/certificates/${one(n).certificateId}`, token),
  )
  await timed('status by number', (n) => get(status, `/v3/certificates/${one(n).certificateId}/status`, {}))
  const update = (n: number) => {
    const { record } = one(EACH + n)
    const recipient = { ...(record.recipient as object), name: `Measured ${n} ${randomUUID().slice(0, 4)}` }
    return acceptUpdates(context, aCaller(), [{ ...record, recipient }], options()).catch(ignoreLimit)
  }
  await timed('accept an update', update)
  rows.push(await whileAnIndexIsMade(client, (n) => update(EACH + n)))
  await timed('claim, sign and issue 16', () => issueNext({ ...context, ...keys }, 16), EACH / 20)
  while ((await issueNext({ ...context, ...keys }, 16)) > 0);
  await timed("today's list of a facility", () => get(today, '/v3/today', facility), 50)
  await timed("today's list of all facilities", () => get(today, '/v3/today', everybody), 50)
  await timed('the queue', () => get(queue, '/v3/queue', everybody), 50)
  await timed('newest page of the audit log', () => get(auditLog, '/v3/audit', everybody), 50)
  await timed('figures for Prometheus', () => metricsText(context), 50)
  await timed(
    'same mistake in a session (facility of 0.3 %)',
    () => get(sameInSession, `/v3/bulk/same?certificateId=${inFacility}`, facility),
    SLOW,
  )
  for (const { vaccine, batch, certificates } of await batchesOfSizes(client, [400, 4000, 1e9])) {
    const criteria = { vaccine, batch }
    await timed(
      `preview of a recall of a batch with ${certificates} certificates`,
      () => post(previewRecall, '/v3/recalls/preview', everybody, { action: 'suspend', criteria }),
      certificates > 10_000 ? 1 : SLOW,
    )
  }
  const type = 'VaccinationCertificate'
  const countPart = (choice: object, after: string | null) =>
    post(countReissue, '/v3/reissues/count', everybody, { type, choice, after })
  const usePart = (after: string | null) =>
    get(typeUse, `/v3/types/${type}/use${after ? `?after=${after}` : ''}`, everybody)
  const all = { which: 'all' }
  await timed('count for a re-issue of everything: one part', () => countPart(all, null), SLOW)
  await timed('count for a re-issue of everything: all parts', () => inParts((after) => countPart(all, after)), 1)
  await timed('count for a re-issue of one record', (n) => countPart({ ...all, codes: [one(n).code] }, null), 50)
  await timed(
    'three samples of a re-issue',
    (n) => post(sampleReissue, '/v3/reissues/samples', everybody, { type, choice: { ...all, codes: [one(n).code] } }),
    SLOW,
  )
  await timed('certificates of each version of a type: one part', () => usePart(null), SLOW)
  await timed('certificates of each version of a type: all parts', () => inParts(usePart), 1)
  printTable(['question', 'median ms', 'p95', 'p99'], rows)
}

/** As a migration without a transaction does it (lib/migrate-steps.mjs), on the table that accepting writes to. */
async function whileAnIndexIsMade(client: pg.Client, work: (n: number) => Promise<unknown>): Promise<string[]> {
  let isMade = false
  const began = performance.now()
  const making = client
    .query('create index concurrently growth_trial on transaction (content_hash)')
    .finally(() => (isMade = true))
  const times: number[] = []
  for (let n = 0; !isMade; n++) {
    const start = performance.now()
    await work(n)
    times.push(performance.now() - start)
  }
  await making
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  await client.query('drop index concurrently growth_trial')
  times.sort((a, b) => a - b)
  const what = `accept an update while an index of all transactions is made (${seconds} s, ${times.length} accepted)`
  return [what, ...[0.5, 0.95, 0.99].map((part) => quantile(times, part).toFixed(1))]
}

type Handler = (request: Request) => Promise<Response>

const OWN_PAGE = { 'sec-fetch-site': 'same-origin', host: 'localhost:3000' }

async function read(response: Response): Promise<{ next?: string | null }> {
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${response.status}: ${text.slice(0, 300)}`)
  return JSON.parse(text) as { next?: string | null }
}

/** As a page does it that shows how far it is. */
async function inParts(ask: (after: string | null) => Promise<{ next?: string | null }>): Promise<void> {
  let after: string | null = null
  do after = (await ask(after)).next ?? null
  while (after !== null)
}

/** Batches that have about so many certificates: what a recall takes hangs on that, not on the registry. */
async function batchesOfSizes(
  client: pg.Client,
  sizes: number[],
): Promise<{ vaccine: string; batch: string; certificates: number }[]> {
  const { rows } = await client.query<{ vaccine: string; batch: string; certificates: number }>(
    `select distinct on (s.size) b.* from unnest($1::float[]) s(size) cross join (
       select request->'vaccination'->>'name' as vaccine, request->'vaccination'->>'batch' as batch, count(*)::int as certificates
       from transaction where state = 'issued' group by 1, 2) b
     order by s.size, abs(b.certificates - s.size)`,
    [sizes],
  )
  return rows
}

/** Some have no correction left. */
function ignoreLimit(error: unknown): void {
  if (!/UPDATE_LIMIT|REVOKED|SUSPENDED/.test(String((error as { code?: string }).code))) throw error
}

async function someRecords(client: pg.Client, n: number): Promise<Sample[]> {
  const { rows } = await client.query<Sample>(
    `select l.pre_enrollment_code as code, l.head_certificate_id as "certificateId", t.request as record
     from lineage l tablesample bernoulli (${await share(client, n)})
     join certificate c on c.certificate_id = l.head_certificate_id join transaction t on t.id = c.transaction_id
     order by md5(l.id::text) limit $1`,
    [n],
  )
  return rows
}

/** Percent of all lineages that make about so many. */
async function share(client: pg.Client, n: number): Promise<number> {
  const { rows } = await client.query<{ all: number }>(
    "select reltuples as all from pg_class where relname = 'lineage'",
  )
  return Math.min(100, (300 * n) / rows[0]!.all)
}

async function certificateOf(client: pg.Client, facility: string): Promise<string> {
  const { rows } = await client.query(
    `select l.head_certificate_id as id from lineage l join certificate c on c.certificate_id = l.head_certificate_id
     where l.facility_code = $1 and c.state = 'current' limit 1`,
    [facility],
  )
  return rows[0].id as string
}

/** The cookie of somebody who signed in just now, of one facility or of all. */
async function cookieOf({ db }: Context, facility: string | null): Promise<string> {
  const [id, sid, at] = [randomUUID(), randomUUID(), new Date()]
  const roles = facility ? ['operator'] : [...ROLES]
  const data = { id, username: id, name: 'Asha', passwordHash: 'none', roles, facilityCode: facility }
  await db.operator.create({ data })
  const session = { id: sid, operatorId: id, method: 'password', device: 'Bench', startedAt: at, lastSeenAt: at }
  await db.operatorSession.create({ data: session })
  const signedInAt = Math.floor(at.getTime() / 1000)
  return (await sessionCookie({ sub: id, sid, signedInAt, passwordMark: passwordMark('none') }, 900)).split(';')[0]!
}
