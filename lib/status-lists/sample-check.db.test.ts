/** The check of a sample on a real database: finds nothing where all is well, and every kind of damage. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import type { Issuer } from '@/lib/certificates/issue'
import { findLineages } from '@/lib/certificates/read'
import { log } from '@/lib/log'
import { setEnvironment } from '@/lib/testing/api'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { publishLists } from './publish'
import { publishRevocationList } from './revocation-list'
import { checks, startCheck } from './checks'
import { beginNight, runCheck } from './sample-check'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let issuer: Issuer
let now: Date
/** Current, replaced, revoked, suspended. */
let ids: { current: string; replaced: string; revoked: string; suspended: string }
const caller = aCaller()
const administrator = aCaller({ kind: 'operator', id: 'op', name: 'Asha', roles: ['administrator'] })

beforeEach(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  now = new Date('2026-05-12T10:30:00.000Z')
  context = { ...aContext(database.url, { ISSUER_TIME_ZONE: 'Asia/Colombo' }), now: () => now, random: sameRandom() }
  issuer = await anIssuer(context)
  const items = ['A', 'B', 'C'].map((code) => aRequest({ preEnrollmentCode: code }))
  await acceptCertify(context, caller, items, options({ method: 'POST' }))
  await issueAll(issuer)
  await acceptUpdates(
    context,
    caller,
    [aRequest({ preEnrollmentCode: 'A', recipient: { name: 'Corrected' } })],
    options(),
  )
  await issueAll(issuer)
  const [revoked, suspended] = [await newest('B'), await newest('C')]
  await changeStatus(context, caller, { certificateId: revoked, action: 'revoke', reason: { cause: 'fraud' } })
  await changeStatus(context, caller, { certificateId: suspended, action: 'suspend', reason: { cause: 'other' } })
  const [current, replaced] = (await history('A')).map(({ certificateId }) => certificateId)
  ids = { current: current!, replaced: replaced!, revoked, suspended }
  await publish()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await context.db.$disconnect()
  await database.close()
})

/** The same numbers in every run: with others a random sample now and then leaves out one of four certificates. */
function sameRandom(): Context['random'] {
  let count = 0
  return (length) => createHash('shake256', { outputLength: length }).update(`${count++}`).digest()
}

const history = async (code: string) =>
  (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]!.history
const newest = async (code: string) => (await history(code))[0]!.certificateId

async function publish(): Promise<void> {
  while ((await publishLists(issuer)) > 0);
  now = new Date(now.getTime() + 10_000)
  await publishRevocationList(issuer)
}

/** Runs a check to its end and returns it. */
async function checked() {
  await startCheck(context, administrator)
  expect(await runCheck(context)).toBe(true)
  return (await checks(context)).checks[0]!
}

test('current, replaced, revoked and suspended certificates are all looked at, and nothing is wrong', async () => {
  expect(await checked()).toMatchObject({ checked: 4, problems: [], requestedByName: 'Asha', night: null })
})

describe('what it finds', () => {
  const damages: [problem: string, of: keyof typeof ids, sql: string][] = [
    [
      'text',
      'current',
      `update certificate set credential = replace(credential, 'Corrected', 'Corrupted') where certificate_id = $1`,
    ],
    [
      'signature',
      'current',
      `update certificate set credential = replace(credential, 'Corrected', 'Corrupted') where certificate_id = $1`,
    ],
    ['signature', 'replaced', `update certificate set credential = '{}' where certificate_id = $1`],
    [
      'form2',
      'current',
      `update certificate set credential2 = replace(credential2, 'Corrected', 'Corrupted') where certificate_id = $1`,
    ],
    ['form2', 'current', `update certificate set credential2 = 'nothing' where certificate_id = $1`],
    ['place', 'current', `update certificate set status_index = (status_index + 1) % 131072 where certificate_id = $1`],
    [
      'place',
      'current',
      `update certificate set credential2 = '{"credentialStatus":[null]}' where certificate_id = $1`,
    ],
    ['status_list', 'current', `update certificate set status_index = 2000000000 where certificate_id = $1`],
    [
      'qr',
      'current',
      // Of many different letters: it packs to more than a code holds.
      `update certificate set credential = (select string_agg(md5(n::text), '') from generate_series(1, 500) n) where certificate_id = $1`,
    ],
    ['state', 'revoked', `update certificate set state = 'current' where certificate_id = $1`],
    ['state', 'replaced', `update certificate set state = 'suspended' where certificate_id = $1`],
    [
      'status_list',
      'revoked',
      `update status_list_credential set credential = (select e.credential from status_list_credential e where e.purpose = 'suspension') where purpose = 'revocation' and $1 <> ''`,
    ],
    ['status_list', 'suspended', `delete from status_list_credential where purpose = 'message' and $1 <> ''`],
    [
      'status_list',
      'replaced',
      `update status_list_credential set credential = replace(credential, '"validUntil":"2026', '"validUntil":"2027') where $1 <> ''`,
    ],
    [
      'revocation_list',
      'revoked',
      `update revocation_page set signed = overlay(signed placing 'AAAA' from length(signed) - 40) where $1 <> ''`,
    ],
    ['revocation_list', 'suspended', `update status_entry set state = 'revoked' where certificate_id = $1`],
  ]
  test.each(damages)('%s of a %s certificate', async (problem, of, sql) => {
    vi.spyOn(log(), 'error').mockImplementation(() => {})
    await context.db.$executeRawUnsafe(sql, ids[of])
    const { problems } = await checked()
    expect(problems).toContainEqual({ certificateId: ids[of], problem })
  })

  test('it raises an alarm in the log, without numbers', async () => {
    const alarm = vi.spyOn(log(), 'error').mockImplementation(() => {})
    await context.db.$executeRaw`update certificate set credential_hash = 'x' where certificate_id = ${ids.current}`
    const { checkId } = await checked()
    expect(alarm).toHaveBeenCalledWith({ checkId, checked: 4, problems: 1, kinds: ['text'] }, expect.any(String))
    expect(JSON.stringify(alarm.mock.calls)).not.toContain(ids.current)
  })

  test('a change that is not in the lists yet is none', async () => {
    await changeStatus(context, caller, { certificateId: ids.suspended, action: 'lift', reason: { cause: 'other' } })
    await changeStatus(context, caller, { certificateId: ids.current, action: 'revoke', reason: { cause: 'error' } })
    expect((await checked()).problems).toEqual([])
  })

  test('a suspension that has just ended by itself is none', async () => {
    const until = new Date('2026-05-12T12:00:00.000Z')
    await changeStatus(context, caller, {
      certificateId: ids.current,
      action: 'suspend',
      reason: { cause: 'other' },
      until,
    })
    await publish()
    now = until
    expect((await checked()).problems).toEqual([])
  })
})

describe('when it runs', () => {
  test('once a night, after its hour where the issuer is, whoever asks how often', async () => {
    now = new Date('2026-05-12T20:00:00.000Z') // 01:30 in Colombo
    await beginNight(context)
    expect((await checks(context)).checks).toEqual([])
    now = new Date('2026-05-12T20:31:00.000Z')
    await Promise.all([1, 2, 3, 4].map(() => beginNight(context)))
    expect(await Promise.all([1, 2, 3].map(() => runCheck(context)))).toEqual(expect.arrayContaining([true, false]))
    await beginNight(context)
    expect(await runCheck(context)).toBe(false)
    const done = (await checks(context)).checks
    expect(done).toMatchObject([{ night: '2026-05-13', checked: 4, problems: [], requestedByName: null }])
    now = new Date('2026-05-13T20:31:00.000Z')
    await beginNight(context)
    expect((await checks(context)).checks).toHaveLength(2)
  })

  test('two who ask at once get the same one, and it is noted who asked', async () => {
    const begun = await Promise.all([1, 2, 3].map(() => startCheck(context, administrator)))
    expect(new Set(begun.map(({ checkId }) => checkId)).size).toBe(1)
    expect(await context.db.auditEvent.count({ where: { action: 'check.started' } })).toBe(1)
  })

  test('one whose worker died is taken over, and what was done counts', async () => {
    await startCheck(context, administrator)
    const stop = new AbortController()
    stop.abort()
    expect(await runCheck(context, stop.signal)).toBe(false)
    expect(await runCheck(context)).toBe(false)
    await context.db
      .$executeRaw`update sample_check set lease_until = now() - interval '1 second', checked = 3, size = 5`
    expect(await runCheck(context)).toBe(true)
    expect((await checks(context)).checks[0]).toMatchObject({ checked: 5, problems: [] })
  })

  test('with size 0 there is none at night', async () => {
    const none = { ...context, settings: { ...context.settings, sampleCheck: { hour: 0, size: 0 } } }
    await beginNight(none)
    expect((await checks(none)).checks).toEqual([])
  })

  test('checks of more than a year ago are forgotten', async () => {
    await startCheck(context, administrator)
    await runCheck(context)
    now = new Date('2027-08-01T10:00:00.000Z')
    await beginNight(context)
    expect((await checks(context)).checks.map(({ night }) => night)).toEqual(['2027-08-01'])
  })
})

test('a sample that is larger than the registry looks at no certificate twice', async () => {
  const items = Array.from({ length: 60 }, (_, n) => aRequest({ preEnrollmentCode: `Z${n}` }))
  await acceptCertify(context, caller, items, options({ method: 'POST' }))
  await issueAll(issuer)
  context = { ...context, settings: { ...context.settings, sampleCheck: { hour: 2, size: 2000 } } }
  const { checked: looked, problems } = await checked()
  expect(problems).toEqual([])
  // 1,000 random beginnings find nearly all of 64.
  expect(looked).toBeGreaterThan(40)
  expect(looked).toBeLessThanOrEqual(64)
})
