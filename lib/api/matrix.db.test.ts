/**
 * Every endpoint of the contract with every kind of caller: the real handler on PostgreSQL answers what the tables of roles
 * and scopes say. Then every endpoint about a record, with the record of one facility, by people and systems of others.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role } from '@/lib/auth/roles'
import { SCOPES, type Scope } from '@/lib/auth/scopes'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi, type Asked } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { ABOUT_A_RECORD, ABOUT_NO_RECORD, type ARecord } from '@/lib/testing/matrix-requests'
import { contract } from './contract'
import { plainOperation, type Endpoint } from './endpoint'
import { requireRole, rolesOf } from './roles'
import { requireScope, scopeOf } from './scopes'

const rows: Endpoint[] = Object.values(contract)
const asked = rows.filter(({ who }) => who !== 'anyone')
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const UNLIMITED = {
  ...{ RATE_LIMIT_PER_MINUTE: '0', RATE_LIMIT_FACILITY_PER_MINUTE: '0', RATE_LIMIT_SEARCHES_PER_MINUTE: '0' },
  ...{ LOOK_UPS_PER_PERSON_HOUR: '0', LOOK_UPS_PER_PERSON_DAY: '0' },
  ...{ LOOK_UPS_PER_CLIENT_HOUR: '0', LOOK_UPS_PER_CLIENT_DAY: '0' },
}

type Person = Awaited<ReturnType<typeof anOperator>>

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi(UNLIMITED)
  await aFacility('A', 'North')
  await aFacility('NEAR', 'North')
  await aFacility('B', 'South')
  await liveContext().db.facility.create({ data: { code: 'SHUT', name: 'Shut', disabled: true } })
})
afterAll(() => api.close())

/** Names nothing that exists, and sends nothing that can be read: whoever gets in changes nothing. */
const NOTHING: Record<string, string> = {
  extension: 'json',
  path: 'x',
  listId: '1',
  page: '1',
  facilityCode: 'NOWHERE',
}

function aboutNothing(row: Endpoint) {
  const given = Object.keys(row.params?.shape ?? {}).map((name) => [name, NOTHING[name] ?? randomUUID()])
  return {
    params: Object.fromEntries(given) as Record<string, string>,
    ...(row.body ? { raw: '{' } : {}),
  }
}

/** What somebody hears: the code of a refusal that comes before the request is read, or "in". */
type Heard =
  'in' | 'UNAUTHENTICATED' | 'NOT_ALLOWED' | 'SCOPE_MISSING' | 'PASSWORD_CHANGE_REQUIRED' | 'SECOND_FACTOR_REQUIRED'

const AT_THE_DOOR = ['UNAUTHENTICATED', 'SCOPE_MISSING', 'PASSWORD_CHANGE_REQUIRED', 'SECOND_FACTOR_REQUIRED']
const NOT_YOURS_TO_CALL = /^Only an? .* can do this\.$|^This is for (source systems|people)|from our own pages only/

function heard({ status, body }: Asked): Heard {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status !== 403) return 'in'
  if (body === null) return 'NOT_ALLOWED'
  if (AT_THE_DOOR.includes(body.code)) return body.code
  return body.code === 'NOT_ALLOWED' && NOT_YOURS_TO_CALL.test(body.message) ? 'NOT_ALLOWED' : 'in'
}

function refusalOf(check: () => void): Heard {
  try {
    check()
    return 'in'
  } catch (error) {
    return (error as { code: Heard }).code
  }
}

/** A kind of caller: how it comes, and what the tables say that it hears. */
interface Kind {
  name: string
  come: () => Promise<{ token?: string; cookie?: string; headers?: Record<string, string> }>
  hears: (row: Endpoint) => Heard
}

const byPerson = (
  name: string,
  facts: Parameters<typeof anOperator>[0],
  hears: Kind['hears'],
  more: object = {},
): Kind => {
  let person: Promise<Person> | undefined
  return {
    name,
    hears,
    come: async () => {
      const { id } = await (person ??= anOperator(facts))
      // As they are now: some endpoints change who calls them.
      const now = await liveContext().db.operator.update({ where: { id }, data: { disabled: false, ...more } })
      return { cookie: await cookieOf(now), headers: OWN_PAGE }
    },
  }
}
const byToken = (name: string, facts: Parameters<typeof aToken>[0], hears: Kind['hears']): Kind => {
  let token: Promise<string> | undefined
  return { name, hears, come: async () => ({ token: await (token ??= aToken(facts)) }) }
}
const ofScopes = (scopes: readonly Scope[]) => (row: Endpoint) => refusalOf(() => requireScope(row, scopes))
const ofRoles = (roles: readonly Role[]) => (row: Endpoint) => refusalOf(() => requireRole(row, roles))
const nowhere = (): Heard => 'UNAUTHENTICATED'

const KINDS: Kind[] = [
  { name: 'nobody', come: async () => ({}), hears: nowhere },
  { name: 'a made-up token', come: async () => ({ token: `errata_${'x'.repeat(43)}` }), hears: nowhere },
  byToken('a disabled token', { disabled: true }, nowhere),
  byToken('a token of a disabled facility', { facilityCode: 'SHUT' }, nowhere),
  byToken('a token without scopes', { scopes: [] }, ofScopes([])),
  byToken('a token of every scope', {}, ofScopes(SCOPES)),
  byToken('a sandbox token', { sandbox: true }, ofScopes(SCOPES)),
  ...SCOPES.map((scope) => {
    const others = SCOPES.filter((one) => one !== scope)
    return byToken(`a token of every scope but ${scope}`, { scopes: others }, ofScopes(others))
  }),
  ...ROLES.map((role) => byPerson(`only ${role}`, { roles: [role] }, ofRoles([role]))),
  byPerson(
    'every role but operator and supervisor',
    { roles: ['auditor', 'administrator'] },
    ofRoles(['auditor', 'administrator']),
  ),
  byPerson('a disabled person', { roles: ROLES }, nowhere, { disabled: true }),
  byPerson('a person of a disabled facility', { roles: ROLES, facilityCode: 'SHUT' }, nowhere),
  byPerson(
    'a person with a one-time password',
    { roles: ROLES },
    (row) => (row.beforeOwnPassword ? ofRoles(ROLES)(row) : 'PASSWORD_CHANGE_REQUIRED'),
    { mustChangePassword: true },
  ),
  byPerson(
    'a person whose second factor is due',
    { roles: ROLES },
    (row) => (row.beforeOwnPassword || row.beforeSecondFactor ? ofRoles(ROLES)(row) : 'SECOND_FACTOR_REQUIRED'),
    { secondFactorRequired: true },
  ),
]

describe('who gets in', () => {
  test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', async (_name, { come, hears }) => {
    const wrong: string[] = []
    for (const row of asked) {
      const answer = await ask(row, { ...aboutNothing(row), ...(await come()) })
      const expected = hears(row)
      if (heard(answer) !== expected) wrong.push(`${row.operation}: ${heard(answer)} instead of ${expected}`)
    }
    expect(wrong).toEqual([])
  })

  test('a signed-in person whose request comes from another site changes nothing', async () => {
    const cookie = await cookieOf(await anOperator({ roles: ROLES }))
    const changing = asked.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    expect(changing.length).toBeGreaterThan(40)
    const answers = await Promise.all(changing.map((row) => ask(row, { ...aboutNothing(row), cookie })))
    expect(
      changing.filter((_row, at) => heard(answers[at]!) !== 'NOT_ALLOWED').map(({ operation }) => operation),
    ).toEqual([])
  })

  test('what anybody may ask is answered without a sign-in', async () => {
    const open = rows.filter(({ who }) => who === 'anyone')
    expect(open.length).toBeGreaterThan(15)
    const wrong: string[] = []
    for (const row of open) {
      const answer = await ask(row, aboutNothing(row))
      if (['NOT_ALLOWED', 'SCOPE_MISSING'].includes(heard(answer))) wrong.push(row.operation)
    }
    expect(wrong).toEqual([])
  })
})

/** Endpoints at which a record is named by people who work with records, or by tokens. */
const bound = asked
  .filter((row) => scopeOf(row) !== null || rolesOf(row)!.some((role) => role === 'operator' || role === 'supervisor'))
  .filter(({ operation }) => rolesOf({ operation })!.length < ROLES.length)
const aboutRecords = bound.filter(({ operation }) => plainOperation(operation) in ABOUT_A_RECORD)

test('of every endpoint for people who work with records it is said how it is asked about one', () => {
  const unsaid = bound.filter(({ operation }) => {
    const plain = plainOperation(operation)
    return !(plain in ABOUT_A_RECORD) && !(plain in ABOUT_NO_RECORD)
  })
  expect(unsaid.map(({ operation }) => operation)).toEqual([])
  expect(aboutRecords.length).toBeGreaterThan(50)
})

interface Side {
  name: string
  /** Of a person. */
  roles: readonly Role[]
  by: () => Promise<{ token?: string; cookie?: string; headers?: Record<string, string> }>
  isToken: boolean
}
const signedIn = (name: string, facts: Parameters<typeof anOperator>[0]): Side => {
  let person: Promise<Person> | undefined
  return {
    name,
    roles: facts?.roles ?? [],
    isToken: false,
    by: async () => ({ cookie: await cookieOf(await (person ??= anOperator(facts))), headers: OWN_PAGE }),
  }
}
const withToken = (name: string, facts: Parameters<typeof aToken>[0]): Side => {
  let token: Promise<string> | undefined
  return { name, roles: [], isToken: true, by: async () => ({ token: await (token ??= aToken(facts)) }) }
}

const WORKS: Role[] = ['operator', 'supervisor']
const BEYOND: Side[] = [
  signedIn('people of another facility', { facilityCode: 'B', roles: WORKS }),
  signedIn('people of another facility of the district', { facilityCode: 'NEAR', roles: WORKS }),
  signedIn('a supervisor of another district', { district: 'South', roles: WORKS }),
  signedIn('a supervisor of a district without facilities', { district: 'Nowhere', roles: ['supervisor'] }),
  signedIn('an auditor, even of the facility,', { facilityCode: 'A', roles: ['auditor'] }),
  withToken('a token of another facility', { facilityCode: 'B' }),
  withToken('a token of another district', { district: 'South' }),
  withToken('a token for other programmes', { facilityCode: 'A', programs: ['another programme'] }),
  withToken('a sandbox token of the facility', { facilityCode: 'A', sandbox: true }),
]
const WITHIN: Side[] = [
  signedIn('people of the facility', { facilityCode: 'A', roles: WORKS }),
  signedIn('a supervisor of the district', { district: 'North', roles: WORKS }),
  signedIn('people of all facilities', { roles: WORKS }),
  withToken('a token of the facility', { facilityCode: 'A' }),
  withToken('a token of the district', { district: 'North' }),
  withToken('a token for its programme', { programs: [''] }),
]
/** Carried out by the renderer, which has tests of its own; and what only the person who asked can do, wherever the record is. */
const ELSEWHERE = new Set(['latestPdf', 'answerQuestion', 'withdrawRequest'])
/** A token reads the own requests alone. */
const OWN_OF_TOKENS = new Set(['approval'])

const mayAsk = (row: Endpoint, { isToken, roles }: Side) =>
  isToken ? scopeOf(row) !== null : rolesOf(row)!.some((role) => roles.includes(role))

describe('whose records', () => {
  let made: ARecord[]
  const take = () => made.pop()!

  beforeAll(async () => {
    made = await someRecords(1 + aboutRecords.length * WITHIN.length)
  })

  test.each(BEYOND.map((side) => [side.name, side] as const))('%s: sees none and changes none', async (_name, side) => {
    const record = made[0]!
    const wrong: string[] = []
    for (const row of aboutRecords.filter((row) => mayAsk(row, side))) {
      const { status, body, bytes } = await ask(row, {
        ...ABOUT_A_RECORD[plainOperation(row.operation)]!(record),
        ...(await side.by()),
      })
      const said = body === null ? Buffer.from(bytes).toString('latin1') : JSON.stringify(body)
      const isRefused =
        status === 403 || status === 404 || ['ENTRY_NOT_FOUND', 'CERTIFICATE_NOT_FOUND'].includes(body?.code)
      // In the sandbox the same code is another certificate; a list answers with what is within reach.
      const isEmpty =
        status === 200 && ![record.certificateId, record.transactionId, record.batch].some((own) => said.includes(own))
      const isOwn = side.name.includes('sandbox') && status < 500
      if (!isRefused && !isEmpty && !(isOwn && !said.includes(record.certificateId)))
        wrong.push(`${row.operation}: ${status} ${said.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })

  test('nothing came of all that', async () => {
    const { db } = liveContext()
    const { certificateId, code, reportId, linkId, recallId, runId } = made[0]!
    const certificate = await db.certificate.findUniqueOrThrow({
      where: { certificateId },
      include: { lineage: { include: { transactions: true } } },
    })
    expect([certificate.state, certificate.lineage.headCertificateId, certificate.lineage.preEnrollmentCode]).toEqual([
      'current',
      certificateId,
      code,
    ])
    expect(certificate.lineage.transactions.map(({ state }) => state).sort()).toEqual(['failed', 'issued'])
    expect((await db.holderReport.findUniqueOrThrow({ where: { id: reportId } })).state).toBe('open')
    expect((await db.holderLink.findUniqueOrThrow({ where: { id: linkId } })).revokedAt).toBeNull()
    expect((await db.recall.findUniqueOrThrow({ where: { id: recallId } })).state).toBe('proposed')
    expect((await db.bulkRun.findUniqueOrThrow({ where: { id: runId } })).state).toBe('proposed')
    const count = (table: { count: (given: object) => Promise<number> }) => table.count({ where: { certificateId } })
    expect(await Promise.all([count(db.draft as never), count(db.printRun as never)])).toEqual([0, 0])
    expect(await db.presence.count({ where: { lineageId: certificate.lineageId } })).toBe(0)
    expect(
      (await db.changeRequest.findMany({ where: { lineageId: certificate.lineageId } })).map(({ state }) => state),
    ).toEqual(['queued'])
    expect(await db.holderLink.count({ where: { lineageId: certificate.lineageId } })).toBe(1)
  })

  test.each(WITHIN.map((side) => [side.name, side] as const))('%s: gets through', async (_name, side) => {
    const wrong: string[] = []
    const left = (row: Endpoint) =>
      ELSEWHERE.has(plainOperation(row.operation)) || (side.isToken && OWN_OF_TOKENS.has(row.operation))
    for (const row of aboutRecords.filter((row) => mayAsk(row, side) && !left(row))) {
      const { status, body } = await ask(row, {
        ...ABOUT_A_RECORD[plainOperation(row.operation)]!(take()),
        ...(await side.by()),
      })
      if ([401, 403, 404].includes(status) || status >= 500)
        wrong.push(`${row.operation}: ${status} ${JSON.stringify(body)}`)
    }
    expect(wrong).toEqual([])
  })
})

/** What the person saw who proposed a recall. */
const SEEN = {
  ...{ covered: 1, current: 1, suspended: 0, facilities: [], doses: [], spellings: [], seconds: 1 },
  untouched: { replaced: 0, revoked: 0, suspended: 0, valid: 0 },
}

/** Certificates of facility A, each with what hangs on it. */
async function someRecords(count: number): Promise<ARecord[]> {
  const { db } = liveContext()
  const token = await aToken({ facilityCode: 'A' })
  const codes = Array.from({ length: count }, (_, at) => `M${at}-${randomUUID().slice(0, 8)}`)
  const batchOf = (code: string) => `B${code}`
  const items = codes.map((code) =>
    aRequest({ preEnrollmentCode: code, vaccination: { name: 'Covaxin', batch: batchOf(code) } }),
  )
  const certified: { certificateId: string; transactionId: string }[] = []
  for (let at = 0; at < items.length; at += 400) {
    const { body } = await ask(contract.certify, { token, body: items.slice(at, at + 400) })
    certified.push(...body.results)
  }
  await issueWaiting()
  await db.$executeRaw`
    insert into transaction (id, lineage_id, sequence, kind, state, certificate_id, request, type_version, form, content_hash,
      channel, caller_kind, caller_id, caller_name, accepted_at, finished_at, failure_code, failure_message)
    select gen_random_uuid(), lineage_id, 1, 'update', 'failed', 'f' || certificate_id, request, type_version, form, 'x',
      'api', 'client', 'c', 'Client', accepted_at, now(), 'STALE_VERSION', 'Too late' from transaction where sequence = 0`
  await db.$executeRaw`
    insert into holder_link (id, token_hash, lineage_id, certificate_id, actor_kind, actor_id, actor_name, created_at, expires_at)
    select gen_random_uuid(), certificate_id, lineage_id, certificate_id, 'client', 'c', 'Client', now(), now() + interval '9 days'
    from transaction where sequence = 0`
  await db.$executeRaw`
    insert into holder_report (id, reference, link_id, lineage_id, certificate_id, kind, created_at)
    select gen_random_uuid(), 'R' || certificate_id, id, lineage_id, certificate_id, 'wrong', now() from holder_link`
  const proposer = await anOperator({ facilityCode: 'A', roles: ['operator'] })
  await db.$executeRaw`
    insert into change_request (id, lineage_id, certificate_id, item, form, content_hash, reasons, channel, requested_by_kind,
      requested_by_id, requested_by_name, requested_at, changed_at)
    select gen_random_uuid(), lineage_id, certificate_id, request, form, 'x', '{large_name_change}', 'screen', 'operator',
      ${proposer.id}, 'Nimal', now(), now() from transaction where sequence = 0`
  await db.$executeRaw`
    insert into recall (id, action, criteria, reason, facility_code, snapshot, requested_by_id, requested_by_name, requested_at, expires_at)
    select gen_random_uuid(), 'suspend', jsonb_build_object('vaccine', 'Covaxin', 'batch', request #>> '{vaccination,batch}',
        'manufacturer', null, 'facilityCode', 'A', 'from', null, 'to', null),
      '{"cause": "recall", "note": "Cold chain"}', 'A', ${JSON.stringify(SEEN)}::jsonb, ${proposer.id}, 'Asha', now(), now() + interval '7 days'
    from transaction where sequence = 0`
  await db.$executeRaw`
    insert into bulk_run (id, kind, origin, type, form, state, filename, columns, reason, proposal, facility_code, by_kind,
      by_id, by_name, by_reach, created_at, expires_at)
    select gen_random_uuid(), 'update', 'proposal', 'VaccinationCertificate', 'certifyV3', 'proposed', '', '{certificateId}',
      '{"note": "Misread"}', jsonb_build_object('certificateId', certificate_id, 'path', 'vaccination.batch', 'label', 'Batch',
        'from', request #>> '{vaccination,batch}', 'to', 'B2', 'facilityCode', 'A', 'day', '2021-10-17'), 'A', 'operator',
      ${proposer.id}, 'Nimal', '{"facilityCode": "A", "facilities": ["A"], "programs": null, "sandbox": false}', now(),
      now() + interval '7 days'
    from transaction where sequence = 0`
  const stranger = await anOperator({ facilityCode: 'B' })
  const openings = await someOpenings(stranger.id)
  const byCertificate = <Row extends { certificateId: string }>(rows: Row[]) =>
    new Map(rows.map((row) => [row.certificateId, row]))
  const [links, reports, failed, requests, recalls, runs] = await Promise.all([
    db.holderLink.findMany().then(byCertificate),
    db.holderReport.findMany().then(byCertificate),
    db.transaction.findMany({ where: { sequence: 1 } }).then(byCertificate),
    db.changeRequest.findMany().then(byCertificate),
    db.recall.findMany(),
    db.bulkRun.findMany(),
  ])
  return certified.map(({ certificateId, transactionId }, at) => ({
    code: codes[at]!,
    batch: batchOf(codes[at]!),
    certificateId,
    transactionId,
    failedId: failed.get(`f${certificateId}`)!.id,
    linkId: links.get(certificateId)!.id,
    reportId: reports.get(certificateId)!.id,
    recallId: recalls.find(({ criteria }) => (criteria as { batch: string }).batch === batchOf(codes[at]!))!.id,
    runId: runs.find(({ proposal }) => (proposal as { certificateId: string }).certificateId === certificateId)!.id,
    requestId: requests.get(certificateId)!.id,
    openingId: openings.get(certificateId)!,
  }))
}

/** Of each record one that somebody of another facility opened, and closed again: it lets nobody in. */
async function someOpenings(operatorId: string): Promise<Map<string, string>> {
  const { db } = liveContext()
  await db.$executeRaw`
    with made as (select gen_random_uuid() as id, lineage_id from transaction where sequence = 0),
    opened as (
      insert into opening (id, operator_id, reason, opened_at, until, ended_at)
      select id, ${operatorId}::uuid, 'inquiry', now(), now() + interval '1 hour', now() from made)
    insert into opening_record (opening_id, lineage_id) select id, lineage_id from made`
  const rows = await db.$queryRaw<{ id: string; certificateId: string }[]>`
    select o.opening_id::text as id, l.head_certificate_id as "certificateId"
    from opening_record o join lineage l on l.id = o.lineage_id`
  return new Map(rows.map((row) => [row.certificateId, row.id]))
}
