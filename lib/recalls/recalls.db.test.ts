import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Role } from '@/lib/auth/roles'
import type { Caller } from '@/lib/certificates/caller'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { certificateStatus } from '@/lib/certificates/status'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { writeAudit } from '@/lib/people/store-writing'
import type { Statements } from '@/lib/db'
import { setEnvironment } from '@/lib/testing/api'
import { openTestDatabase } from '@/lib/testing/database'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { cancelRecall, confirmRecall, resumeRecall, stopRecall } from './decide'
import { knownBatches, previewRecall, proposeRecall } from './propose'
import { listRecalls, readRecall, readRows, recallsWaiting, rowsAsCsv } from './read'
import { endUnconfirmedRecalls, runRecalls } from './run'
import { unhurried } from './store-unhurried'
import type { Wanted } from './target'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let batch: string
let first: Caller
let second: Caller
let count = 0

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url)
  context = aContext(database.url)
  await context.db.facility.createMany({
    data: ['NORTH', 'SOUTH'].map((code) => ({ code, name: `Facility ${code}` })),
  })
  await context.db.facilityAlias.create({ data: { name: 'Northern Clinic', facilityCode: 'NORTH' } })
})
beforeEach(async () => {
  batch = `B${++count}X`
  ;[first, second] = await Promise.all([person(), person()])
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

async function person(facts: { facilityCode?: string; roles?: Role[] } = {}): Promise<Caller> {
  const id = randomUUID()
  const { facilityCode = null, roles = ['operator', 'supervisor'] } = facts
  await context.db.operator.create({
    data: { id, username: id, name: `Person ${id.slice(0, 4)}`, passwordHash: 'x', facilityCode, roles },
  })
  const name = `Person ${id.slice(0, 4)}`
  return aCaller({ kind: 'operator', channel: 'screen', id, name, facilityCode, roles })
}

const source = aCaller()

/** Certifies codes of this test's batch and issues them. */
async function certified(codes: string[], changes: Record<string, unknown> = {}, caller = source): Promise<string[]> {
  const items = codes.map((code) => {
    const vaccination = { name: 'Covaxin', batch, ...(changes.vaccination as object | undefined) }
    return aRequest({ preEnrollmentCode: `${batch}-${code}`, ...changes, vaccination })
  })
  const { results } = await acceptCertify(context, caller, items, options({ method: 'POST' }))
  await issueAll(await anIssuer(context))
  return results.map((result) => result.certificateId!)
}

async function updated(code: string, changes: Record<string, unknown>): Promise<string> {
  const vaccination = { name: 'Covaxin', batch, ...(changes.vaccination as object | undefined) }
  const item = aRequest({ preEnrollmentCode: `${batch}-${code}`, ...changes, vaccination })
  const { results } = await acceptUpdates(context, source, [item], options())
  await issueAll(await anIssuer(context))
  return results[0]!.certificateId!
}

const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  action: 'revoke',
  ...more,
  criteria: { vaccine: 'Covaxin', batch, ...more.criteria },
})
const propose = (more: Partial<Wanted> = {}, by = first) =>
  proposeRecall(context, by, { ...wanted(more), attempt: randomUUID(), reason: 'Cold chain broken' })
const confirm = (recallId: string, by = second) => confirmRecall(context, by, recallId, { batch })
const runAll = async () => {
  while ((await runRecalls(context, 3)) > 0);
}
const stateOf = async (id: string) => (await certificateStatus(context, id)).state
const rowsOf = async (recallId: string) => (await readRows(context, first, recallId, {})).rows
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  )

describe('the preview of a recall', () => {
  test('counts what would be changed by state, facility and dose, and lists apart what would not', async () => {
    const [valid, held, gone] = await certified(['1', '2', '3'])
    await certified(['4'], { facility: { name: 'Northern Clinic' }, vaccination: { dose: 1 } })
    await certified(['5'], { vaccination: { batch: 'ANOTHER' } })
    await certified(['6'])
    await updated('6', { recipient: { name: 'Corrected' } })
    const reason = { cause: 'other' as const }
    await changeStatus(context, source, { certificateId: held!, action: 'suspend', reason })
    await changeStatus(context, source, { certificateId: gone!, action: 'revoke', reason })
    const { counts, rows } = await previewRecall(context, first, wanted())
    expect(counts).toMatchObject({
      covered: 4,
      current: 3,
      suspended: 1,
      untouched: { replaced: 1, revoked: 1, suspended: 0, valid: 0 },
    })
    expect(counts.facilities).toEqual([
      { code: 'unassigned', name: expect.any(String), count: 3 },
      { code: 'NORTH', name: 'Facility NORTH', count: 1 },
    ])
    expect(counts.doses.reduce((sum, dose) => sum + dose.count, 0)).toBe(4)
    expect(rows.map((row) => row.certificateId)).toContain(valid)
    expect(JSON.stringify(rows)).not.toContain('John')
    const suspending = await previewRecall(context, first, wanted({ action: 'suspend' }))
    expect(suspending.counts).toMatchObject({ covered: 3, untouched: { suspended: 1 } })
  })

  test('changes nothing', async () => {
    await certified(['1'])
    const all = () => context.db.$queryRaw<{ n: bigint }[]>`
      select (select count(*) from audit_event) + (select count(*) from status_entry) + (select count(*) from recall) as n`
    const before = await all()
    await previewRecall(context, first, wanted())
    expect(await all()).toEqual(before)
  })

  test('finds a batch however it is written, says how, and says where the number stands with another vaccine', async () => {
    await certified(['1'])
    await certified(['2'], { vaccination: { batch: ` ${batch.toLowerCase()} ` } })
    await certified(['3'], { vaccination: { name: 'covishield' } })
    const { counts, elsewhere } = await previewRecall(
      context,
      first,
      wanted({ criteria: { vaccine: ' COVAXIN', batch: batch.split('').join(' ') } }),
    )
    expect(counts.covered).toBe(2)
    expect(counts.spellings).toHaveLength(2)
    expect(elsewhere).toMatchObject([{ vaccine: 'covishield', count: 1 }])
  })

  test('takes days of vaccination where the issuer is, whatever zone the source system wrote', async () => {
    // The issuer's zone in these tests is Kathmandu or UTC: both put these on the days that the criteria name.
    const zone = context.settings.issuer.timeZone
    const date = (text: string) => ({ vaccination: { date: text } })
    await certified(['1'], date('2021-07-10T12:00:00.000Z'))
    await certified(['2'], date('2021-07-11T12:00+0000'))
    await certified(['3'], date('2021-07-12 12:00'))
    await certified(['4'], date('2021-07-13'))
    await certified(['5'], date('2021-07-14T23:59:59,5+14:00'))
    const covered = async (from: string | null, to: string | null) =>
      (await previewRecall(context, first, wanted({ criteria: { vaccine: 'Covaxin', batch, from, to } }))).counts
        .covered
    expect([zone, await covered(null, null)]).toEqual([zone, 5])
    expect(await covered('2021-07-11', '2021-07-13')).toBe(3)
    expect(await covered('2021-07-14', null)).toBe(1)
    expect(await covered(null, '2021-07-10')).toBe(1)
    expect(await refusal(covered('2021-07-12', '2021-07-11'))).toBe('VALIDATION_ERROR')
  })

  test('knows no certificate of the sandbox and none of another facility', async () => {
    await certified(['1'])
    await certified(['2'], {}, aCaller({ sandbox: true }))
    await certified(['3'], { facility: { name: 'Northern Clinic' } })
    const north = await person({ facilityCode: 'NORTH' })
    expect((await previewRecall(context, first, wanted())).counts.covered).toBe(2)
    expect((await previewRecall(context, north, wanted())).counts.covered).toBe(1)
    const others = wanted({ criteria: { vaccine: 'Covaxin', batch, facilityCode: 'SOUTH' } })
    expect(await refusal(previewRecall(context, north, others))).toBe('NOT_YOUR_FACILITY')
    const south = await person({ facilityCode: 'SOUTH' })
    const preview = await previewRecall(context, south, wanted())
    expect([preview.counts.covered, preview.rows, preview.elsewhere]).toEqual([0, [], []])
    expect((await knownBatches(context, south, batch)).batches).toEqual([])
    expect((await knownBatches(context, north, batch.toLowerCase())).batches).toMatchObject([
      { batch, vaccine: 'Covaxin' },
    ])
  })

  test.each(["' or true --", '%', '_', '"', '\\', "'); drop table recall; --", '$1', '\u{1F489}', 'a'.repeat(300)])(
    'takes %s as a text and nothing else',
    async (text) => {
      await certified(['1'])
      const hostile = await previewRecall(
        context,
        first,
        wanted({ criteria: { vaccine: text, batch: text, manufacturer: text } }),
      )
      expect(hostile.counts.covered).toBe(0)
      expect((await knownBatches(context, first, text)).batches).toEqual([])
    },
  )
})

describe('the second person', () => {
  test('is never the first one, in the database neither', async () => {
    await certified(['1'])
    const { recallId } = await propose()
    expect(await refusal(confirm(recallId, first))).toBe('SECOND_PERSON_NEEDED')
    await expect(
      context.db
        .$executeRaw`update recall set state = 'running', decided_by_id = requested_by_id where id = ${recallId}::uuid`,
    ).rejects.toThrow()
    await expect(
      context.db.$executeRaw`update recall set state = 'running' where id = ${recallId}::uuid`,
    ).rejects.toThrow()
    expect((await readRecall(context, first, recallId)).state).toBe('proposed')
  })

  test('acts for the same certificates, types the batch, and is not disabled', async () => {
    await certified(['1'], { facility: { name: 'Northern Clinic' } })
    const [north, north2, south] = await Promise.all(
      ['NORTH', 'NORTH', 'SOUTH'].map((facilityCode) => person({ facilityCode })),
    )
    const { recallId } = await propose({}, north)
    expect(await refusal(confirm(recallId, south))).toBe('NOT_YOUR_FACILITY')
    expect(await refusal(readRecall(context, south!, recallId))).toBe('NOT_YOUR_FACILITY')
    expect(await refusal(confirmRecall(context, north2!, recallId, { batch: 'OTHER' }))).toBe('VALIDATION_ERROR')
    await context.db.operator.update({ where: { id: north2!.id }, data: { disabled: true } })
    expect(await refusal(confirm(recallId, north2))).toBe('SECOND_PERSON_NEEDED')
    const all = await propose()
    const north3 = await person({ facilityCode: 'NORTH' })
    expect(await refusal(confirm(all.recallId, north3))).toBe('NOT_YOUR_FACILITY')
    expect((await confirmRecall(context, second, recallId, { batch: ` ${batch.toLowerCase()}` })).state).toBe('running')
    await runAll()
  })

  test('cannot confirm what was proposed by somebody who was disabled or moved since', async () => {
    await certified(['1'])
    const [one, two] = [await propose(), await propose()]
    await context.db.operator.update({ where: { id: first.id }, data: { facilityCode: 'SOUTH' } })
    expect(await refusal(confirm(one.recallId))).toBe('SECOND_PERSON_NEEDED')
    await context.db.operator.update({ where: { id: first.id }, data: { facilityCode: null, disabled: true } })
    expect(await refusal(confirm(two.recallId))).toBe('SECOND_PERSON_NEEDED')
    expect(await readRecall(context, second, two.recallId)).toMatchObject({
      may: { confirm: false },
      cannotConfirm: expect.stringContaining('may not act any more'),
    })
  })

  test('was not given the password by the first one within a day', async () => {
    await certified(['1'])
    const { recallId } = await propose()
    await writeAudit(context.db, first, context.now(), {
      action: 'operator.added',
      detail: { operatorId: second.id },
    })
    expect(await refusal(confirm(recallId))).toBe('SECOND_PERSON_NEEDED')
    const later = { ...context, now: () => new Date(context.now().getTime() + 25 * 60 * 60 * 1000) }
    expect((await confirmRecall(later, second, recallId, { batch })).state).toBe('running')
    await runAll()
  })

  test('of two who confirm at once, one is; the same request sent again finds its work done', async () => {
    await certified(['1'])
    const { recallId } = await propose()
    const third = await person()
    const outcomes = await Promise.all([refusal(confirm(recallId)), refusal(confirm(recallId, third))])
    expect(outcomes.sort()).toEqual(['RECALL_STATE', 'accepted'])
    const { decidedBy } = await readRecall(context, second, recallId)
    expect(await refusal(confirm(recallId, decidedBy!.you ? second : third))).toBe('accepted')
    await runAll()
  })

  test('who confirms while the first one withdraws: one of both happens, whole', async () => {
    const codes = Array.from({ length: 6 }, (_, n) => `${n}`)
    await certified(codes)
    for (let n = 0; n < 6; n++) {
      const { recallId } = await propose({ action: 'suspend', until: '2026-06-01T00:00:00Z' })
      const [confirmed, withdrawn] = await Promise.all([
        refusal(confirm(recallId)),
        refusal(cancelRecall(context, first, recallId, { note: '' })),
      ])
      const { state } = await readRecall(context, first, recallId)
      expect([confirmed, withdrawn, state]).toEqual(
        confirmed === 'accepted' ? ['accepted', 'RECALL_STATE', 'running'] : ['RECALL_STATE', 'accepted', 'cancelled'],
      )
      if (confirmed === 'accepted') break
    }
    await runAll()
  })

  test('may decline with a note, and the first one withdraw; nothing is changed then', async () => {
    const [id] = await certified(['1'])
    const { recallId } = await propose()
    expect(await recallsWaiting(context, second)).toMatchObject({ waiting: expect.any(Number) })
    const declined = await cancelRecall(context, second, recallId, { note: 'Another batch' })
    expect(declined).toMatchObject({ state: 'cancelled', outcome: 'declined', note: 'Another batch' })
    expect(await refusal(confirm(recallId, await person()))).toBe('RECALL_STATE')
    const mine = await propose()
    expect(await cancelRecall(context, first, mine.recallId, { note: '' })).toMatchObject({ outcome: 'withdrawn' })
    await runAll()
    expect(await stateOf(id!)).toBe('current')
  })

  test('has seven days', async () => {
    await certified(['1'])
    const { recallId, expiresAt } = await propose()
    const late = { ...context, now: () => new Date(expiresAt) }
    expect(await refusal(confirmRecall(late, second, recallId, { batch }))).toBe('RECALL_STATE')
    expect(await readRecall(late, first, recallId)).toMatchObject({ state: 'cancelled', outcome: 'expired' })
    expect((await recallsWaiting(late, second)).waiting).toBe(0)
    expect(await endUnconfirmedRecalls(late)).toBeGreaterThan(0)
    expect(await readRecall(context, first, recallId)).toMatchObject({ state: 'cancelled', outcome: 'expired' })
    expect(await endUnconfirmedRecalls(late)).toBe(0)
  })

  test('sees what the first one saw and what changed since; what is confirmed is what fits then', async () => {
    await certified(['1', '2'])
    const { recallId } = await propose()
    await certified(['3'])
    await updated('2', { vaccination: { batch: 'ANOTHER' } })
    const seen = await readRecall(context, second, recallId)
    expect(seen).toMatchObject({ proposed: { covered: 2 }, now: { covered: 2 }, since: { added: 1, gone: 1 } })
    expect(seen.progress.total).toBe(2)
    await confirm(recallId)
    const late = await certified(['4'])
    await runAll()
    const done = await readRecall(context, second, recallId)
    expect(done).toMatchObject({ state: 'done', progress: { total: 2, done: 2 }, since: { added: 1, gone: 0 } })
    expect(await stateOf(late[0]!)).toBe('current')
    const rest = await propose()
    expect(rest.progress.total).toBe(1)
  })

  test('a proposal sent again is the same one; a recall of nothing is refused', async () => {
    await certified(['1'])
    const given = { ...wanted(), attempt: randomUUID(), reason: 'Once' }
    const [one, two] = await Promise.all([proposeRecall(context, first, given), proposeRecall(context, first, given)])
    expect(one.recallId).toBe(two.recallId)
    expect(one.progress.total).toBe(1)
    expect(await refusal(proposeRecall(context, second, given))).toBe('VALIDATION_ERROR')
    expect(await refusal(propose({ criteria: { vaccine: 'Covaxin', batch: 'NOBODY' } }))).toBe('NOTHING_TO_RECALL')
  })
})

describe('a confirmed recall', () => {
  test('changes each certificate once, under the name of the second person, with a reason that leads to it', async () => {
    const ids = await certified(['1', '2', '3', '4', '5'])
    const { recallId } = await propose()
    await confirm(recallId)
    await Promise.all([runAll(), runAll()])
    await runAll()
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => 'revoked'))
    const entries = await context.db.statusEntry.findMany({ where: { certificateId: { in: ids } } })
    expect(entries).toHaveLength(5)
    for (const entry of entries) {
      expect(entry).toMatchObject({ state: 'revoked', actorId: second.id, reason: { cause: 'recall', recallId } })
    }
    const audits = await context.db.auditEvent.findMany({
      where: { action: { startsWith: 'recall.' }, detail: { path: ['recallId'], equals: recallId } },
      orderBy: { id: 'asc' },
    })
    expect(audits.map(({ action }) => action)).toEqual(['recall.proposed', 'recall.confirmed', 'recall.done'])
    expect(await rowsOf(recallId)).toMatchObject(ids.map(() => ({ state: 'done' })))
  })

  test('follows what was replaced meanwhile and fits, and leaves alone what does not fit any more, with a sentence', async () => {
    const [one, two, three] = await certified(['1', '2', '3'])
    const { recallId } = await propose()
    await confirm(recallId)
    const same = await updated('1', { recipient: { name: 'Same batch' } })
    const other = await updated('2', { vaccination: { batch: 'ANOTHER' } })
    await changeStatus(context, source, { certificateId: three!, action: 'revoke', reason: { cause: 'fraud' } })
    await runAll()
    const rows = new Map((await rowsOf(recallId)).map((row) => [row.certificateId, row]))
    expect(rows.get(one!)).toMatchObject({ state: 'done', followedId: same })
    expect(rows.get(two!)).toMatchObject({
      state: 'refused',
      code: 'STALE_VERSION',
      message: expect.stringContaining(other),
    })
    expect(rows.get(three!)).toMatchObject({ state: 'refused', code: 'CERTIFICATE_REVOKED' })
    expect(await Promise.all([same, other].map(stateOf))).toEqual(['revoked', 'current'])
    expect(await readRecall(context, first, recallId)).toMatchObject({
      state: 'done',
      progress: { total: 3, done: 1, refused: 2, waiting: 0 },
      since: { added: 0, gone: 0 },
    })
  })

  test('ends updates that wait, and what was revoked can be certified again', async () => {
    const [id] = await certified(['1'])
    const { recallId } = await propose()
    await confirm(recallId)
    const item = aRequest({ preEnrollmentCode: `${batch}-1`, recipient: { name: 'Too late' } })
    await acceptUpdates(context, source, [item], options())
    await runAll()
    await issueAll(await anIssuer(context))
    expect(await stateOf(id!)).toBe('revoked')
    const [again] = await certified(['1'])
    expect(await stateOf(again!)).toBe('current')
    expect((await readRecall(context, first, recallId)).since.added).toBe(1)
  })

  test('that suspends prolongs shorter suspensions and leaves longer ones to whoever made them', async () => {
    const [valid, short, long] = await certified(['1', '2', '3'])
    const reason = { cause: 'other' as const }
    const at = (day: number) => new Date(`2026-06-0${day}T00:00:00.000Z`)
    await changeStatus(context, source, { certificateId: short!, action: 'suspend', reason, until: at(1) })
    await changeStatus(context, source, { certificateId: long!, action: 'suspend', reason, until: at(9) })
    const { recallId } = await propose({ action: 'suspend', until: at(5).toISOString() })
    await confirm(recallId)
    await runAll()
    const untils = await Promise.all(
      [valid, short, long].map(async (id) => (await certificateStatus(context, id!)).until),
    )
    expect(untils).toEqual([at(5), at(5), at(9)].map((until) => until.toISOString()))
  })

  test('that suspended is lifted as a whole by two people, and only what it still holds', async () => {
    const [one, two, three] = await certified(['1', '2', '3'])
    const { recallId } = await propose({ action: 'suspend' })
    await confirm(recallId)
    await runAll()
    expect(await Promise.all([one, two, three].map((id) => stateOf(id!)))).toEqual(Array(3).fill('suspended'))
    const reason = { cause: 'fraud' as const }
    await changeStatus(context, source, { certificateId: two!, action: 'suspend', reason })
    await changeStatus(context, source, { certificateId: three!, action: 'revoke', reason })
    const lift = await proposeRecall(context, second, {
      action: 'lift',
      recallId,
      attempt: randomUUID(),
      reason: 'Found safe',
    })
    expect(await readRecall(context, first, recallId)).toMatchObject({ liftedBy: lift.recallId, may: { lift: false } })
    expect(await readRecall(context, first, lift.recallId)).toMatchObject({
      proposed: { covered: 1, untouched: { suspended: 1, revoked: 1 } },
    })
    expect(await refusal(confirm(lift.recallId, second))).toBe('SECOND_PERSON_NEEDED')
    await confirm(lift.recallId, first)
    await runAll()
    expect(await Promise.all([one, two, three].map((id) => stateOf(id!)))).toEqual(['current', 'suspended', 'revoked'])
    const again = { action: 'lift' as const, recallId, attempt: randomUUID(), reason: 'Again' }
    expect(await refusal(proposeRecall(context, second, again))).toBe('NOTHING_TO_RECALL')
  })

  test('is stopped by a supervisor after the group at hand, goes on where it was, and can be lifted in between', async () => {
    const ids = await certified(['1', '2', '3', '4', '5'])
    const { recallId } = await propose({ action: 'suspend' })
    await confirm(recallId)
    expect(await runRecalls(context, 2)).toBe(2)
    const supervisor = await person()
    const stopped = await stopRecall(context, supervisor, recallId)
    expect(stopped).toMatchObject({ state: 'stopped', progress: { done: 2, waiting: 3 }, may: { resume: true } })
    await runAll()
    expect((await readRecall(context, first, recallId)).progress.done).toBe(2)
    await resumeRecall(context, supervisor, recallId)
    expect(await runRecalls(context, 2)).toBe(2)
    await stopRecall(context, supervisor, recallId)
    const lift = await proposeRecall(context, first, {
      action: 'lift',
      recallId,
      attempt: randomUUID(),
      reason: 'Safe',
    })
    await confirm(lift.recallId)
    expect(await refusal(resumeRecall(context, supervisor, recallId))).toBe('RECALL_STATE')
    await runAll()
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => 'current'))
    expect(await readRecall(context, first, recallId)).toMatchObject({
      state: 'done',
      progress: { done: 4, refused: 1 },
    })
  })

  test('one row that fails again and again does not hold up the others, and is tried later', async () => {
    const ids = await certified(['1', '2', '3'])
    const { recallId } = await propose()
    await confirm(recallId)
    await context.db.$executeRawUnsafe(`
      create function broken() returns trigger language plpgsql as $$ begin
        if new.certificate_id = '${ids[1]}' then raise exception 'no'; end if; return new; end $$`)
    await context.db.$executeRawUnsafe(
      'create trigger broken before insert on status_entry for each row execute function broken()',
    )
    await runAll()
    expect((await readRecall(context, first, recallId)).progress).toMatchObject({ done: 2, waiting: 1 })
    expect((await readRecall(context, first, recallId)).state).toBe('running')
    await context.db.$executeRawUnsafe('drop trigger broken on status_entry')
    await context.db.$executeRaw`update recall_row set next_attempt_at = now() - interval '1 second'`
    await runAll()
    expect(await readRecall(context, first, recallId)).toMatchObject({ state: 'done', progress: { done: 3 } })
  })

  test('of 5,000 certificates: two workers at once do each row once, while others are issued', async () => {
    const [id] = await certified(['1'])
    await copyCertificate(context.db, id!, 5000, { prefix: `${batch}-copy-` })
    const { recallId, progress } = await propose()
    expect(progress.total).toBe(5001)
    await confirm(recallId)
    const worker = async () => {
      while ((await runRecalls(context)) > 0);
    }
    const issuing = certified(['meanwhile'], { vaccination: { batch: 'ANOTHER' } })
    await Promise.all([worker(), worker()])
    await worker()
    expect(await stateOf((await issuing)[0]!)).toBe('current')
    expect(await readRecall(context, first, recallId)).toMatchObject({ state: 'done', progress: { done: 5001 } })
    const [row] = await context.db.$queryRaw<{ entries: number; certificates: number }[]>`
      select count(*)::int as entries, count(distinct certificate_id)::int as certificates
      from status_entry where reason->>'recallId' = ${recallId}`
    expect(row).toEqual({ entries: 5001, certificates: 5001 })
  })
})

describe('reading recalls', () => {
  test('page after page, rows too, and all of them as a file in which no cell is a formula', async () => {
    const [id] = await certified(['1'])
    await copyCertificate(context.db, id!, 60, { prefix: `=${batch}"` })
    const { recallId } = await propose()
    const one = await readRows(context, first, recallId, {})
    const two = await readRows(context, first, recallId, { after: one.next! })
    expect([one.rows.length, two.rows.length, two.next]).toEqual([50, 11, null])
    expect((await readRows(context, first, recallId, { state: 'done' })).rows).toEqual([])
    const csv = await rowsAsCsv(context, first, recallId)
    const lines = csv.split('\r\n')
    expect(lines).toHaveLength(63)
    expect(lines[0]).toBe('\uFEFFcertificateId,preEnrollmentCode,dose,facility,state,replacedBy,code,message,at')
    expect(csv).toContain(`"'=${batch}""1"`)
    expect(csv).not.toMatch(/(^|,)=/m)
    const recalls = await listRecalls(context, first, {})
    expect(recalls.recalls[0]!.state).not.toBe('done')
    expect(recalls.next).not.toBeNull()
    const next = await listRecalls(context, first, { after: recalls.next! })
    const ids = [...recalls.recalls, ...next.recalls].map((recall) => recall.recallId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(await refusal(listRecalls(context, first, { after: 'x' }))).toBe('VALIDATION_ERROR')
    expect(await refusal(readRecall(context, first, 'x'))).toBe('NOT_FOUND')
  })
})

test('a question about a large batch may take a minute, and nothing else on the same connection may afterwards', async () => {
  const limit = async (db: Statements) =>
    (await db.$queryRaw<{ statement_timeout: string }[]>`show statement_timeout`)[0]
  const before = await limit(context.db)
  expect(await unhurried(context.db, limit)).toEqual({ statement_timeout: '1min' })
  expect(before).not.toEqual({ statement_timeout: '1min' })
  for (const one of await Promise.all(Array.from({ length: 20 }, () => limit(context.db)))) expect(one).toEqual(before)
})
