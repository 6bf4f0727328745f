/** What a database wrote wrongly is never issued: rows are spoilt by triggers between the writing and the commit. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { didWebOf } from '@/lib/signing/did-web'
import { setEnvironment } from '@/lib/testing/api'
import { aCaller, aContext, anIssuer, aRequest, aSigner2, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import type { Context } from './context'
import type { Issuer } from './issue'
import { findLineages } from './read'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let issuer: Issuer
const caller = aCaller()

beforeEach(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  context = aContext(database.url)
  const key2 = aSigner2((multikey) => `${didWebOf(context.settings.publicUrl)}#${multikey}`)
  issuer = await anIssuer(context, { key2 })
  const items = ['A', 'B'].map((code) => aRequest({ preEnrollmentCode: code }))
  await acceptCertify(context, caller, items, options({ method: 'POST' }))
  await issueAll(issuer)
  await context.db.outbox.deleteMany()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await context.db.$disconnect()
  await database.close()
})

const correct = (code: string) =>
  acceptUpdates(
    context,
    caller,
    [aRequest({ preEnrollmentCode: code, recipient: { name: `${code} corrected` } })],
    options(),
  )
const lineage = async (code: string) => (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]!

/** Runs `statement` on every row that is written to `table` for A (NEW), before it is stored. */
async function spoil(table: string, on: 'insert' | 'update', statement: string): Promise<void> {
  await context.db.$executeRawUnsafe(`create function spoil() returns trigger language plpgsql as $$
    begin ${statement} return new; end $$`)
  await context.db.$executeRawUnsafe(
    `create trigger spoil before ${on} on ${table} for each row execute function spoil()`,
  )
}

const OF_A = `exists(select 1 from lineage l where l.id = new.lineage_id and l.pre_enrollment_code = 'A')`

test.each([
  [
    'text',
    'certificate',
    'insert',
    `if ${OF_A} then new.credential := replace(new.credential, 'A corrected', 'Another'); end if;`,
  ],
  [
    'text',
    'certificate',
    'insert',
    `if ${OF_A} then new.credential := replace(new.credential, 'A corrected', 'Another');
     new.credential_hash := encode(sha256(convert_to(new.credential, 'UTF8')), 'hex'); end if;`,
  ],
  [
    'text2',
    'certificate',
    'insert',
    `if ${OF_A} then new.credential2 := replace(new.credential2, 'A corrected', 'Another'); end if;`,
  ],
  ['state', 'certificate', 'insert', `if ${OF_A} then new.state := 'revoked'; end if;`],
  [
    'state',
    'lineage',
    'update',
    `if new.pre_enrollment_code = 'A' then new.head_certificate_id := old.head_certificate_id; end if;`,
  ],
  [
    'predecessor',
    'status_entry',
    'insert',
    `if exists(select 1 from certificate c join lineage l on l.id = c.lineage_id where c.certificate_id = new.certificate_id and l.pre_enrollment_code = 'A') then new.successor_id := null; end if;`,
  ],
] as const)(
  'a wrong %s (%s): nothing of it is issued, the old one stays current, an alarm is logged, it is tried again',
  async (problem, table, on, statement) => {
    const before = await lineage('A')
    await spoil(table, on, statement)
    const alarm = vi.spyOn(log(), 'error').mockImplementation(() => {})
    await correct('A')
    await correct('B')
    await issueAll(issuer)

    const after = await lineage('A')
    expect(after.state).toBe('current')
    expect(after.history).toEqual(before.history)
    expect(after.transactions).toMatchObject([{ state: 'pending', stuck: true }])
    const told = await context.db.outbox.findMany({ where: { topic: 'certified' } })
    expect(JSON.stringify(told)).not.toContain('A corrected')
    expect(alarm).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'ReadBackError', problem, transactionId: after.transactions[0]!.transactionId }),
      expect.any(String),
    )
    expect(JSON.stringify(alarm.mock.calls)).not.toContain('corrected')
    expect((await lineage('B')).history.map(({ state }) => state)).toEqual(['current', 'superseded'])

    await context.db.$executeRawUnsafe(`drop trigger spoil on ${table}`)
    await context.db
      .$executeRaw`update transaction set next_attempt_at = now() - interval '1 second' where state = 'pending'`
    await issueAll(issuer)
    expect((await lineage('A')).history.map(({ state }) => state)).toEqual(['current', 'superseded'])
  },
)

test('a signature by another key than the published one is not issued', async () => {
  const alarm = vi.spyOn(log(), 'error').mockImplementation(() => {})
  const other = aSigner2(() => issuer.key2!.verificationMethod)
  await correct('A')
  await issueAll({ ...issuer, key2: { ...issuer.key2!, sign: other.sign } })
  expect((await lineage('A')).history).toHaveLength(1)
  expect(alarm).toHaveBeenCalledWith(expect.objectContaining({ problem: 'signature2' }), expect.any(String))
})
