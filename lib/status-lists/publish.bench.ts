/** What publishing costs: one list of 131,072 places, and a registry with a million status entries. Memory included. */
import { liveContext } from '@/lib/certificates/context'
import { LIST_LENGTH } from '@/lib/certificates/store-places'
import { printTable } from '@/lib/testing/measure'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { decodeList, emptyList, encodeList, entryAt, setEntry } from './bitstring'
import { publishLists } from './publish'
import { publishRevocationList } from './revocation-list'

const LISTS = 8
const CERTIFICATES = LISTS * LIST_LENGTH
const ENTRIES = 1_000_000
const rows: string[][] = []
const context = liveContext()
const publisher = { ...context, ...(await loadSigningKeys(context.settings)) }

async function timed(what: string, work: () => Promise<string>): Promise<void> {
  const start = performance.now()
  const result = await work()
  const ms = performance.now() - start
  rows.push([what, ms < 10_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`, result, megabytes()])
}

function megabytes(): string {
  return `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`
}

const kilobytes = (text: string) => `${Math.round(text.length / 1024)} KB`

for (const [share, size] of [
  [0.01, 1],
  [0.5, 3],
] as const) {
  const bits = emptyList(LIST_LENGTH, size)
  for (let index = 0; index < LIST_LENGTH; index++) {
    if (Math.random() < share) setEntry(bits, index, size, 1)
  }
  let encoded = ''
  await timed(`encode ${LIST_LENGTH} entries of ${size} bit, ${share * 100} % set`, async () => {
    encoded = await encodeList(bits)
    return kilobytes(encoded)
  })
  await timed('decode them and read every entry', async () => {
    const read = await decodeList(encoded)
    let set = 0
    for (let index = 0; index < LIST_LENGTH; index++) set += entryAt(read, index, size)
    return `${set} set`
  })
}

await timed(`(making ${CERTIFICATES} certificates in ${LISTS} lists, ${ENTRIES} status entries)`, async () => {
  await makeRegistry()
  return ''
})
let passes = 0
await timed('publish everything for the first time', async () => {
  for (;;) {
    const published = await publishLists(publisher)
    await publishRevocationList(publisher)
    if (published === 0) break
    passes++
  }
  return `${passes} passes`
})
// A million marks at once: autovacuum comes to them in its own time.
await context.db.$executeRawUnsafe('vacuum analyze status_entry')
for (const what of ['one change', 'one more']) {
  await context.db.$executeRaw`
    with changed as (update certificate set state = 'revoked' where certificate_id = (
      select certificate_id from certificate where state = 'current' limit 1) returning certificate_id)
    insert into status_entry (certificate_id, state, actor_kind, actor_id, actor_name, at)
    select certificate_id, 'revoked', 'client', 'x', 'x', now() from changed`
  await timed(
    `publish ${what} in a list of which 95 % do not count`,
    async () => `${await publishLists(publisher)} list`,
  )
}
await timed('look for changes when there are none', async () => `${await publishLists(publisher)} lists`)

printTable(['what', 'time', 'result', 'memory after it'], rows)
await context.db.$disconnect()

/** Certificates as rows only: what they say does not matter here. */
async function makeRegistry(): Promise<void> {
  const { db } = context
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set local statement_timeout = 0`
      await tx.$executeRaw`set local session_replication_role = replica`
      // One lineage of a million versions, and one of its own for each certificate that is current.
      await tx.$executeRaw`
        insert into lineage (id, type, pre_enrollment_code, dose, facility_code)
        select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'VaccinationCertificate', 'BENCH' || n, 1,
               'unassigned'
        from generate_series(${ENTRIES}::int, ${CERTIFICATES}::int) n`
      await tx.$executeRaw`
        insert into status_list (id, length, used, seed)
        select n, ${LIST_LENGTH}::int, ${LIST_LENGTH}::int, '\\x00' from generate_series(1, ${LISTS}::int) n`
      await tx.$executeRaw`
        insert into certificate (certificate_id, lineage_id, revision, predecessor_id, transaction_id, credential,
          credential_hash, state, changes, checks, issued_at, status_list_id, status_index)
        select (100000000000 + n)::text, ('00000000-0000-0000-0000-' || lpad(greatest(n, ${ENTRIES}::int)::text, 12, '0'))::uuid,
               case when n < ${ENTRIES}::int then n else 0 end,
               case when n between 1 and ${ENTRIES - 1}::int then (100000000000 + n - 1)::text end,
               gen_random_uuid(), '', '',
               (case when n < ${ENTRIES}::int then 'superseded' else 'current' end)::certificate_state,
               '[]', '{}', now(), 1 + n / ${LIST_LENGTH}::int, n % ${LIST_LENGTH}::int
        from generate_series(0, ${CERTIFICATES - 1}::int) n where n <> ${ENTRIES}::int`
      await tx.$executeRaw`
        insert into status_entry (certificate_id, state, actor_kind, actor_id, actor_name, at)
        select (100000000000 + n)::text, 'superseded', 'client', 'x', 'x', now() from generate_series(0, ${ENTRIES - 1}::int) n`
    },
    { timeout: 600_000 },
  )
  await db.$executeRawUnsafe('analyze')
}
