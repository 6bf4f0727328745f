import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeRefusedSignIn } from '@/lib/audit/sign-ins'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: { close(): Promise<void> }
let clerk: { id: string; cookie: string }
let hospital: string
let code: string
let certificateId: string

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '1000' })
  await aFacility('MAH')
  await aFacility('KAN')
  hospital = await aToken({ facilityCode: 'MAH' })
})
afterAll(() => api.close())

beforeEach(async () => {
  const operator = await anOperator({ facilityCode: 'MAH' })
  clerk = { id: operator.id, cookie: await cookieOf(operator) }
  code = randomUUID()
  const body = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Nimali Secret-Name' } })]
  const { body: accepted } = await ask(contract.certify, { token: hospital, body })
  certificateId = accepted.results[0].certificateId
  await issueWaiting()
})

interface Line {
  action: string
  actorId: string
  certificateId: string | null
  lineageId: string | null
  detail: Record<string, unknown>
}
const db = () => liveContext().db
const linesOf = (actorId: string): Promise<Line[]> =>
  db().$queryRaw`
    select action, actor_id as "actorId", certificate_id as "certificateId", lineage_id as "lineageId", detail
    from audit_event where actor_id = ${actorId} order by id`
const clientId = async (token: string) => {
  const { createHash } = await import('node:crypto')
  const tokenHash = createHash('sha256').update(token).digest('hex')
  return (await db().apiClient.findUniqueOrThrow({ where: { tokenHash } })).id
}
const read = (more = {}) => ask(contract.certificate, { params: { certificateId }, cookie: clerk.cookie, ...more })

describe('who looks at a record', () => {
  test('is in the log before the answer, once however often the page asks again', async () => {
    for (let n = 0; n < 5; n++) expect((await read()).status).toBe(200)
    await Promise.all(Array.from({ length: 20 }, () => read()))
    const lines = await linesOf(clerk.id)
    expect(lines).toEqual([
      expect.objectContaining({ action: 'record.read', certificateId, detail: { facility: 'MAH' } }),
    ])
    expect(lines[0]!.lineageId).not.toBeNull()
  })

  test('searching, taking a document along and trying a change are lines of their own', async () => {
    await ask(contract.lineages, { query: { preEnrollmentCode: code }, cookie: clerk.cookie })
    await ask(contract.lineages, { query: { preEnrollmentCode: randomUUID() }, cookie: clerk.cookie })
    await ask(contract.revealValues, {
      params: { certificateId },
      body: { reason: 'identify' },
      cookie: clerk.cookie,
      headers: { origin: 'http://localhost:3000' },
    })
    await ask(contract.certificateFile, { params: { certificateId, extension: 'jsonld' }, cookie: clerk.cookie })
    await ask(contract.certificateFile, { params: { certificateId, extension: 'svg' }, cookie: clerk.cookie })
    await ask(contract.certificateFile, { params: { certificateId, extension: 'png' }, cookie: clerk.cookie })
    const item = aRequest({ preEnrollmentCode: code, recipient: { name: 'Other' } })
    await ask(contract.updateCertificates, {
      query: { dryRun: 'true' },
      body: [item],
      cookie: clerk.cookie,
      headers: { origin: 'http://localhost:3000' },
    })
    expect((await linesOf(clerk.id)).map(({ action, certificateId: of, detail }) => [action, of, detail.form])).toEqual(
      [
        ['record.searched', certificateId, undefined],
        ['record.searched', null, undefined],
        ['record.revealed', certificateId, undefined],
        ['record.downloaded', certificateId, 'credential'],
        ['record.read', certificateId, undefined],
        // Whoever has the QR code as a picture has the whole credential.
        ['record.downloaded', certificateId, 'qr'],
        // The item of the trial has other values in the place of the hidden ones.
        ['record.tried', certificateId, undefined],
        ['record.tried', certificateId, undefined],
        ['record.read', certificateId, 'trial'],
      ],
    )
  })

  test('all doses of a person: a line for each that is shown', async () => {
    const second = aRequest({ preEnrollmentCode: code })
    const vaccination = { ...(second.vaccination as object), dose: 2 }
    const { body } = await ask(contract.certify, { token: hospital, body: [{ ...second, vaccination }] })
    await issueWaiting()
    await ask(contract.personDoses, { params: { certificateId }, cookie: clerk.cookie })
    const lines = await linesOf(clerk.id)
    expect(lines.map(({ action, certificateId: of }) => [action, of])).toEqual(
      [certificateId, body.results[0].certificateId].map((of) => ['record.read', of]),
    )
  })

  test('is in the log when it is a source system, too, and not for test certificates', async () => {
    const id = await clientId(hospital)
    const before = (await linesOf(id)).length
    await read({ cookie: undefined, token: hospital })
    expect((await linesOf(id)).slice(before)).toEqual([
      expect.objectContaining({ action: 'record.read', certificateId }),
    ])
    const sandbox = await aToken({ sandbox: true })
    await ask(contract.lineages, { query: { preEnrollmentCode: code }, token: sandbox })
    expect(await linesOf(await clientId(sandbox))).toEqual([])
  })

  test('what shows no record is no look: presence, links, prints, where a transaction stands', async () => {
    await ask(contract.presence, { params: { certificateId }, cookie: clerk.cookie })
    await ask(contract.listHolderLinks, { params: { certificateId }, cookie: clerk.cookie })
    await ask(contract.prints, { params: { certificateId }, cookie: clerk.cookie })
    expect(await linesOf(clerk.id)).toEqual([])
  })

  test('many readers at once: each has a line of its own', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const operator = await anOperator({ facilityCode: 'MAH' })
        return { id: operator.id, cookie: await cookieOf(operator) }
      }),
    )
    await Promise.all(people.map(({ cookie }) => read({ cookie })))
    for (const { id } of people) expect(await linesOf(id)).toHaveLength(1)
  })
})

describe('who is refused', () => {
  test('somebody of another facility, with the record that was tried, once', async () => {
    const stranger = await anOperator({ facilityCode: 'KAN' })
    const cookie = await cookieOf(stranger)
    for (let n = 0; n < 3; n++) expect((await read({ cookie })).status).toBe(403)
    const detail = { code: 'NOT_YOUR_FACILITY', operation: 'certificate', facility: 'KAN' }
    expect(await linesOf(stranger.id)).toEqual([
      expect.objectContaining({ action: 'access.refused', certificateId, detail }),
    ])
  })

  test('a write to another facility’s record, with the record', async () => {
    const token = await aToken({ facilityCode: 'KAN' })
    const item = aRequest({ preEnrollmentCode: code, recipient: { name: 'Nimali Other-Name' } })
    expect((await ask(contract.updateCertificates, { token, body: [item] })).status).toBe(403)
    expect(await linesOf(await clientId(token))).toEqual([
      expect.objectContaining({
        action: 'access.refused',
        certificateId,
        detail: { code: 'NOT_YOUR_FACILITY', operation: 'updateCertificates', facility: 'KAN' },
      }),
    ])
  })

  test('the wrong role', async () => {
    expect((await ask(contract.operators, { cookie: clerk.cookie })).status).toBe(403)
    expect(await linesOf(clerk.id)).toEqual([
      expect.objectContaining({
        action: 'access.refused',
        detail: { code: 'NOT_ALLOWED', operation: 'operators', facility: 'MAH' },
      }),
    ])
  })

  test('too many requests, once', async () => {
    const token = await aToken({ facilityCode: 'MAH', ratePerMinute: 1 })
    for (let n = 0; n < 5; n++) await read({ cookie: undefined, token })
    const lines = await linesOf(await clientId(token))
    expect(lines.filter(({ action }) => action === 'access.refused')).toHaveLength(1)
  })

  test('a token that nobody knows, without the token; nobody at all is no line', async () => {
    const count = () => db().auditEvent.count()
    const before = await count()
    expect((await read({ cookie: undefined })).status).toBe(401)
    expect(await count()).toBe(before)
    const token = 'errata_a-token-that-somebody-lost'
    expect((await read({ cookie: undefined, token })).status).toBe(401)
    const [line] = await db().auditEvent.findMany({ orderBy: { id: 'desc' }, take: 1 })
    expect(line).toMatchObject({ action: 'access.refused', actorKind: 'unknown', certificateId: null })
    expect(line!.actorId + JSON.stringify(line!.detail)).not.toContain(token)
  })

  test('thousands of unknown tokens leave a handful of lines', async () => {
    const before = await db().auditEvent.count()
    for (let n = 0; n < 300; n++) await read({ cookie: undefined, token: `errata_guess-${n}` })
    expect((await db().auditEvent.count()) - before).toBeLessThan(130)
  })
})

describe('a sign-in that was refused', () => {
  const at = new Date('2026-11-21T10:00:00Z')
  const refuse = (username: string, more = {}) =>
    writeRefusedSignIn(db(), at, {
      username,
      lockedAddress: null,
      secret: 'secret',
      code: 'UNAUTHENTICATED',
      how: 'password',
      ...more,
    })

  test('stands under the account, or under a hash where nobody has the name', async () => {
    const operator = await anOperator()
    await refuse(operator.username)
    expect(await linesOf(operator.id)).toEqual([
      expect.objectContaining({ action: 'sign_in.refused', detail: { code: 'UNAUTHENTICATED', how: 'password' } }),
    ])
    await refuse('my secret password, typed into the wrong field')
    const [line] = await db().auditEvent.findMany({ orderBy: { id: 'desc' }, take: 1 })
    expect(line).toMatchObject({ actorKind: 'unknown', actorId: expect.stringMatching(/^account [0-9a-f]{16}$/) })
    expect(JSON.stringify({ ...line, id: 0, hash: 0 })).not.toContain('password, typed')
  })

  test('while the account is locked it is written once in a quarter of an hour', async () => {
    const operator = await anOperator()
    for (let n = 0; n < 5; n++) await refuse(operator.username, { code: 'TOO_MANY_ATTEMPTS' })
    expect(await linesOf(operator.id)).toHaveLength(1)
  })

  const refusals = () => db().auditEvent.count({ where: { action: 'sign_in.refused' } })

  test('of a locked address is one line, whichever accounts are named, and not theirs', async () => {
    const [operator, before] = [await anOperator(), await refusals()]
    for (const name of [operator.username, 'made up', 'made up, too']) {
      await refuse(name, { code: 'TOO_MANY_ATTEMPTS', lockedAddress: '192.0.2.7' })
    }
    expect((await refusals()) - before).toBe(1)
    expect(await linesOf(operator.id)).toHaveLength(0)
    const [line] = await db().auditEvent.findMany({ orderBy: { id: 'desc' }, take: 1 })
    expect(line).toMatchObject({ actorKind: 'unknown', actorId: expect.stringMatching(/^address [0-9a-f]{16}$/) })
  })

  test('with a made-up name cannot fill the log: one line for a name, and a few a minute for all of them', async () => {
    const minute = new Date('2026-11-21T11:00:00Z')
    const given = { lockedAddress: null, secret: 'secret', code: 'UNAUTHENTICATED', how: 'password' }
    const before = await refusals()
    for (let n = 0; n < 3; n++) await writeRefusedSignIn(db(), minute, { username: 'the same', ...given })
    expect((await refusals()) - before).toBe(1)
    for (let n = 0; n < 500; n++) await writeRefusedSignIn(db(), minute, { username: `made up ${n}`, ...given })
    expect((await refusals()) - before).toBeLessThanOrEqual(61)
    // Guesses at an account that is there are written however many others there are.
    const operator = await anOperator()
    await writeRefusedSignIn(db(), minute, { username: operator.username, ...given })
    expect(await linesOf(operator.id)).toHaveLength(1)
  })
})

test('nothing of anybody’s record stands in the log, whatever was done', async () => {
  const values = ['Nimali', 'Secret-Name', 'Other-Name', code]
  const rows: { line: string }[] = await db().$queryRaw`select audit_line(e) as line from audit_event e`
  expect(rows.length).toBeGreaterThan(20)
  const request = aRequest({ preEnrollmentCode: code })
  const leaves = valuesOf([request.recipient]).filter((value) => value.length > 3)
  for (const { line } of rows) for (const value of [...values, ...leaves]) expect(line).not.toContain(value)
})

function valuesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : []
}
