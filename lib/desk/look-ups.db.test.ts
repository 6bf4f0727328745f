import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import { liveContext, type Context } from '@/lib/certificates/context'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { aCaller, aContext, aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { openTestDatabase } from '@/lib/testing/database'
import { countLookUp, lift, listStops } from './look-ups'

const HOUR = 60 * 60_000
const WRITE = { 'sec-fetch-site': 'same-origin' }
const SETTINGS = {
  LOOK_UPS_PER_PERSON_HOUR: '3',
  LOOK_UPS_PER_PERSON_DAY: '5',
  LOOK_UPS_PER_CLIENT_HOUR: '4',
  LOOK_UPS_PER_CLIENT_DAY: '0',
}

let database: Awaited<ReturnType<typeof openTestDatabase>>
let count = 0

/** Processes that share the database: each has a memory of its own. */
function processes(at: () => Date): Context[] {
  return [1, 2].map(() => ({ ...aContext(database.url, SETTINGS), now: at }))
}

function aPerson(facts: Partial<Caller> = {}): Caller {
  const id = `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  const { ...caller } = aCaller({
    kind: 'operator',
    channel: 'screen',
    id,
    name: `P${count}`,
    roles: ['operator'],
    ...facts,
  })
  return provenCaller(caller)
}

const told = async ({ db }: Pick<Context, 'db'>, { id }: { id: string }) =>
  db.$queryRaw<{ action: string; detail: object }[]>`
    select action, detail from audit_event where (actor_id = ${id} or detail ->> 'of' = ${id}) order by id`

async function ask_(context: Context, who: Caller, code: string): Promise<string> {
  try {
    await countLookUp(context, who, { code })
    return 'answered'
  } catch (error) {
    return (error as { code: string }).code
  }
}

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe('look-ups', () => {
  let now = new Date('2026-05-12T10:30:00.000Z')
  let one: Context
  let other: Context
  beforeAll(() => ([one, other] = processes(() => now) as [Context, Context]))

  test('of more different records than an hour allows are stopped, found or not, in all processes together', async () => {
    const who = aPerson()
    expect([await ask_(one, who, 'a'), await ask_(other, who, 'b'), await ask_(one, who, 'c')]).toEqual(
      Array(3).fill('answered'),
    )
    expect(await ask_(other, who, 'd')).toBe('TOO_MANY_LOOK_UPS')
    expect(await ask_(one, who, 'd')).toBe('TOO_MANY_LOOK_UPS')
    // Whoever is at work on a record goes on with it.
    expect([await ask_(other, who, 'a'), await ask_(one, who, 'c')]).toEqual(['answered', 'answered'])
    expect(await told(one, who)).toEqual([{ action: 'look_ups.stopped', detail: { span: 'hour', budget: 3 } }])
    expect(await ask_(one, aPerson(), 'd')).toBe('answered')
  })

  test('forty at once: exactly the budget is answered, and each stop is told once', async () => {
    const who = aPerson()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => ask_(n % 2 ? one : other, who, `code ${n}`)))
    expect(answers.filter((answer) => answer === 'answered')).toHaveLength(3)
    const spans = (await told(one, who)).map(({ detail }) => (detail as { span: string }).span)
    expect(spans.sort()).toEqual(['day', 'hour'])
  })

  test('go on with the next hour, and stop for the day when that is used up', async () => {
    const who = aPerson()
    for (const code of ['a', 'b', 'c', 'd']) await ask_(one, who, code)
    now = new Date(now.getTime() + HOUR)
    expect([await ask_(one, who, 'd'), await ask_(one, who, 'e'), await ask_(one, who, 'f')]).toEqual([
      'answered',
      'answered',
      'TOO_MANY_LOOK_UPS',
    ])
    expect((await told(one, who)).map(({ detail }) => detail)).toEqual([
      { span: 'hour', budget: 3 },
      { span: 'day', budget: 5 },
    ])
    now = new Date('2026-05-13T00:00:00.000Z')
    expect(await ask_(one, who, 'f')).toBe('answered')
  })

  test('are let go on by a supervisor with a reason: the same number again, once', async () => {
    const who = aPerson({ facilityCode: 'unassigned' })
    for (const code of ['a', 'b', 'c', 'd']) await ask_(one, who, code)
    const supervisor = aPerson({ roles: ['supervisor'], facilities: ['unassigned'] })
    const stop = (await listStops(one, supervisor)).stops.find(({ who: { id } }) => id === who.id)!
    expect(stop).toMatchObject({ span: 'hour', budget: 3, lifted: null, who: { name: who.name } })
    const lifted = await lift(one, supervisor, stop.stopId, { reason: 'Mobile clinic' })
    expect(lifted.lifted).toMatchObject({ by: supervisor.name, reason: 'Mobile clinic' })
    await lift(other, supervisor, stop.stopId, { reason: 'again' })
    expect([await ask_(one, who, 'd'), await ask_(other, who, 'e')]).toEqual(['answered', 'answered'])
    expect((await told(one, who)).map(({ action }) => action)).toEqual(['look_ups.stopped', 'look_ups.lifted'])
  })

  test('that are stopped here are listed however many are stopped elsewhere, and those that wait before those that are over', async () => {
    const who = aPerson({ facilityCode: 'unassigned' })
    for (const code of ['a', 'b', 'c', 'd']) await ask_(one, who, code)
    await one.db.$executeRaw`
      insert into look_up_stop (id, actor_kind, actor_id, actor_name, facility_code, span, since, budget, stopped_at,
                                lifted_at, lifted_by_id)
      select gen_random_uuid(), 'client', 'many', 'Many', case when n <= 250 then 'MAH' else 'unassigned' end, 'hour',
             ${now}::timestamptz, n, ${now}::timestamptz + interval '1 minute',
             case when n > 250 then ${now}::timestamptz end, case when n > 250 then gen_random_uuid() end
      from generate_series(1, 500) n`
    const { stops } = await listStops(one, aPerson({ roles: ['supervisor'], facilities: ['unassigned'] }))
    expect(stops.map(({ who: { id } }) => id)).toContain(who.id)
    expect(stops.findIndex(({ who: { id } }) => id === who.id)).toBeLessThan(
      stops.findIndex(({ lifted }) => lifted !== null),
    )
    await one.db.$executeRaw`delete from look_up_stop where actor_id = 'many'`
  })

  test('are lifted by nobody for oneself, nor by a supervisor of elsewhere; by an administrator for anybody', async () => {
    const who = aPerson({ roles: ['operator', 'supervisor'], facilityCode: 'unassigned', facilities: ['unassigned'] })
    for (const code of ['a', 'b', 'c', 'd']) await ask_(one, who, code)
    const stop = (await listStops(one, who)).stops.find(({ who: { id } }) => id === who.id)!
    await expect(lift(one, who, stop.stopId, { reason: 'me' })).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
    const elsewhere = aPerson({ roles: ['supervisor'], facilities: ['MAH'] })
    expect((await listStops(one, elsewhere)).stops).toEqual([])
    await expect(lift(one, elsewhere, stop.stopId, { reason: 'x' })).rejects.toMatchObject({
      code: 'NOT_YOUR_FACILITY',
    })
    const administrator = aPerson({ roles: ['administrator'], facilities: [] })
    expect((await lift(one, administrator, stop.stopId, { reason: 'x' })).lifted).not.toBeNull()
  })

  test('of source systems have a budget of their own, 0 = none; the sandbox has none', async () => {
    const client = aCaller({ id: 'client-lookups' })
    for (const code of ['a', 'b', 'c', 'd']) expect(await ask_(one, client, code)).toBe('answered')
    expect(await ask_(one, client, 'e')).toBe('TOO_MANY_LOOK_UPS')
    const sandbox = aCaller({ id: 'client-sandbox', sandbox: true })
    for (const code of ['a', 'b', 'c', 'd', 'e']) expect(await ask_(one, sandbox, code)).toBe('answered')
  })

  test('leave no code behind', async () => {
    const who = aPerson()
    await ask_(one, who, 'SECRET-CODE-1')
    const rows = await one.db.$queryRaw`select actor, encode(subject, 'escape') as subject from look_up`
    expect(JSON.stringify(rows)).not.toContain('SECRET-CODE-1')
  })
})

describe('at the door', () => {
  const counted = async (id: string) =>
    (
      await liveContext().db.$queryRaw<{ n: number }[]>`
      select count::int as n from look_up_window where actor = ${`operator:${id}`} and span = 'day'`
    )[0]?.n ?? 0

  let api: Awaited<ReturnType<typeof startApi>>
  beforeAll(async () => {
    api = await startApi(SETTINGS)
    await aFacility('MAH')
  })
  afterAll(() => api.close())

  test("another facility's record that is opened, ended and opened anew counts each time; clicking twice does not", async () => {
    await aFacility('GOT')
    const body = [aRequest({ preEnrollmentCode: 'LOOK2' })]
    await ask(contract.certify, { token: await aToken({ facilityCode: 'GOT' }), body })
    await issueWaiting()
    const who = { cookie: await cookieOf(await anOperator({ facilityCode: 'MAH' })), headers: WRITE }
    const open = () => ask(contract.openRecord, { ...who, body: { preEnrollmentCode: 'LOOK2', reason: 'urgent_care' } })
    for (let times = 0; times < 3; times++) {
      const { openingId } = (await open()).body
      expect((await open()).body.openingId).toBe(openingId)
      expect((await ask(contract.endOpening, { ...who, params: { openingId } })).status).toBe(200)
    }
    expect((await open()).body.code).toBe('TOO_MANY_LOOK_UPS')
  })

  test('a code and its certificate number are one record; unknown codes count, and the sentence says what to do', async () => {
    const token = await aToken({ facilityCode: 'MAH' })
    const body = [aRequest({ preEnrollmentCode: 'LOOK1' })]
    const certificateId = (await ask(contract.certify, { token, body })).body.results[0].certificateId
    await issueWaiting()
    const cookie = await cookieOf(await anOperator({ facilityCode: 'MAH' }))
    const find = (preEnrollmentCode: string) => ask(contract.lineages, { cookie, query: { preEnrollmentCode } })
    expect((await find('LOOK1')).status).toBe(200)
    expect((await ask(contract.certificate, { cookie, params: { certificateId } })).status).toBe(200)
    expect((await ask(contract.presence, { cookie, params: { certificateId } })).status).toBe(200)
    expect([(await find('nobody 1')).status, (await find('nobody 2')).status]).toEqual([200, 200])
    const stopped = await find('nobody 3')
    expect(stopped.status).toBe(429)
    expect(stopped.body.message).toBe(
      'Too many different records were asked for in one hour. Your supervisor was told and can let you go on.',
    )
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
    const other = await ask(contract.certificate, { cookie, params: { certificateId: '999999999999' } })
    expect(other.status).toBe(429)
    expect((await ask(contract.certificate, { cookie, params: { certificateId } })).status).toBe(200)
  })

  test('every item of whatever a person sends is one, also inside other bodies and when it is refused', async () => {
    const bodies: [Endpoint, object][] = [
      [contract.updateCertificates, { body: ['a', 'b', 'c', 'd'].map((code) => invented(code)) }],
      [contract.askBeyondLimit, { body: { certificateId: '1', item: invented('e'), note: '' } }],
      [contract.preview, { body: { item: invented('f'), want: [] } }],
      [
        contract.askHolder,
        { body: { corrections: ['1', '2', '3', '4'].map((certificateId) => ({ certificateId, item: {} })) } },
      ],
    ]
    const answers = []
    for (const [row, more] of bodies) {
      const person = await anOperator({ facilityCode: 'MAH' })
      const given = { cookie: await cookieOf(person), headers: { ...WRITE, 'if-match': '"1"' }, ...more }
      const { status } = await ask(row, given)
      answers.push([row.operation, status === 429, await counted(person.id)])
    }
    expect(answers).toEqual([
      ['updateCertificates', true, 4],
      ['askBeyondLimit', false, 2],
      ['preview', false, 1],
      ['askHolder', true, 4],
    ])
  })

  test('an item that says its code in a field of its type counts as one that says preEnrollmentCode', async () => {
    const person = await anOperator({ facilityCode: 'MAH' })
    const body = ['1', '2', '3', '4'].map((registrationId) => ({ registration: { registrationId } }))
    const given = { cookie: await cookieOf(person), headers: WRITE, params: { entityType: 'HealthProfessional' }, body }
    expect((await ask(contract.updateOfType, given)).status).toBe(429)
    expect(await counted(person.id)).toBe(4)
  })

  test('the lists of administrators are none, whatever is looked for in them; a code in the log or the list of the day is', async () => {
    const boss = await anOperator({ facilityCode: 'MAH', roles: ['administrator', 'auditor', 'operator'] })
    const cookie = await cookieOf(boss)
    for (const q of ['a', 'b', 'c', 'd', 'e']) {
      for (const row of [
        contract.operators,
        contract.facilities,
        contract.clients,
        contract.knownBatches,
        contract.trustList,
      ]) {
        expect((await ask(row, { cookie, query: { q } })).status).toBe(200)
      }
    }
    expect(await counted(boss.id)).toBe(0)
    await ask(contract.audit, { cookie, query: { about: 'a' } })
    await ask(contract.dayList, { cookie, query: { q: 'b' } })
    expect(await counted(boss.id)).toBe(2)
  })

  test('a value tried in the place of a hidden one is one of its own, at the same record too, and is in the log', async () => {
    const token = await aToken({ facilityCode: 'MAH' })
    const body = [aRequest({ preEnrollmentCode: 'TRIED1', recipient: { identity: 'did:lk.nic:872550100V' } })]
    const certificateId = (await ask(contract.certify, { token, body })).body.results[0].certificateId
    await issueWaiting()
    const person = await anOperator({ facilityCode: 'MAH' })
    const cookie = await cookieOf(person)
    const { record } = (await ask(contract.certificate, { cookie, params: { certificateId } })).body
    const trial = async (identity: string) => {
      const item = { ...record, recipient: { ...record.recipient, identity } }
      return (await ask(contract.preview, { cookie, headers: WRITE, body: { item, certificateId, want: [] } })).status
    }
    const own = record.recipient.identity
    const tried = ['did:lk.nic:1', 'did:lk.nic:1', 'did:lk.nic:2', 'did:lk.nic:3', own]
    const answers = []
    for (const identity of [own, ...tried]) answers.push(await trial(identity))
    expect(answers).toEqual([200, 200, 200, 200, 429, 200])
    const rows = (await told(liveContext(), person)).filter(({ action }) => action === 'record.tried')
    expect(rows).toEqual(
      Array(2).fill({ action: 'record.tried', detail: { field: 'recipient.identity', facility: 'MAH' } }),
    )
  })
})

function invented(preEnrollmentCode: string): object {
  const hidden = `errata-hidden:${'A'.repeat(22)}:`
  return aRequest({ preEnrollmentCode, recipient: { identity: hidden, contact: [hidden] } })
}
