import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { drawingOf } from '@/lib/certificates/draft-in-browser'
import { isHidden } from '@/lib/certificates/hidden'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { VACCINATION } from '@/lib/testing/vaccination'
import { contract } from './contract'
import type { Endpoint } from './endpoint'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let asha: string
let count = 0

const WRITE = { 'sec-fetch-site': 'same-origin' }
const IDENTITY = 'did:lk.nic:872550100V'
const EARLIER = 'did:lk.nic:872550109V'
const PHONE = 'tel:+94771234501'
const MAIL = 'mailto:saraswathy@example.org'
/** What must reach no screen: whole values, and the parts of them that say nearly as much. */
const PLAIN = ['872550100', '872550109', '872550105', '872550106', '9477123', 'saraswathy@', 'example.org']

const recipient = { identity: IDENTITY, contact: [PHONE, MAIL] }

beforeAll(async () => {
  api = await startApi()
  await aFacility('MAH')
  token = await aToken({ facilityCode: 'MAH' })
  asha = await cookieOf(await anOperator({ facilityCode: 'MAH', roles: ['operator', 'supervisor'] }))
})
afterAll(() => api.close())

async function certified(more: object = {}, code = `MASK${++count}`) {
  const body = [aRequest({ preEnrollmentCode: code, recipient: { ...recipient, ...more } })]
  const answer = await ask(contract.certify, { token, body })
  await issueWaiting()
  return { code, certificateId: answer.body.results[0].certificateId as string }
}

const read = async (certificateId: string, cookie = asha) =>
  (await ask(contract.certificate, { cookie, params: { certificateId } })).body
const put = (item: unknown, more: { headers?: object; query?: object; token?: string } = {}) =>
  ask(contract.updateCertificates, {
    ...(more.token ? { token: more.token } : { cookie: asha }),
    headers: { ...WRITE, ...more.headers },
    query: more.query as never,
    body: [item],
  })
const plain = async (certificateId: string) =>
  (await ask(contract.certificate, { token, params: { certificateId } })).body.record
const with_ = (record: { recipient: object }, changes: object) => ({
  ...record,
  recipient: { ...record.recipient, ...changes },
})

/** What a code says, without when it was drawn. */
const undated = (value: string) => unpackQrValue(value).replaceAll(/"(issuanceDate|created)":"[^"]*"/g, '')

/** The holder says that the identity number is another one. Answers the report's id. */
async function reported(certificateId: string): Promise<string> {
  const fields = JSON.stringify([{ path: 'recipient.identity', right: 'did:lk.nic:872550105V' }])
  const [row] = await liveContext().db.$queryRaw<[{ id: string }]>`
    with link as (
      insert into holder_link (id, token_hash, lineage_id, certificate_id, actor_kind, actor_id, actor_name, created_at, expires_at)
      select gen_random_uuid(), ${certificateId}, lineage_id, certificate_id, 'client', 'c', 'c', now(), now() + interval '1 day'
      from certificate where certificate_id = ${certificateId} returning *)
    insert into holder_report (id, reference, link_id, lineage_id, certificate_id, kind, fields, created_at)
    select gen_random_uuid(), ${certificateId}, id, lineage_id, certificate_id, 'wrong', ${fields}::jsonb, now() from link
    returning id::text as id`
  return row.id
}

/** A correction of the identity number that was not issued. Answers its transaction. */
async function failed(certificateId: string): Promise<string> {
  const [row] = await liveContext().db.$queryRaw<[{ id: string }]>`
    insert into transaction (id, lineage_id, sequence, kind, state, certificate_id, request, type_version, form, content_hash,
      channel, caller_kind, caller_id, caller_name, accepted_at, finished_at, failure_code, failure_message)
    select gen_random_uuid(), t.lineage_id, 90, 'update', 'failed', 'F' || t.certificate_id,
      jsonb_set(t.request, '{recipient,identity}', '"did:lk.nic:872550106V"'), t.type_version, t.form, 'x', 'screen', 'operator',
      'o', 'o', now(), now(), 'UNREADABLE_QR', 'Could not be read back.'
    from certificate c join transaction t on t.id = c.transaction_id where c.certificate_id = ${certificateId}
    returning id::text as id`
  return row.id
}

describe('what an operator gets of a record', () => {
  test('holds no hidden value in any answer of the contract, a token still gets them', async () => {
    const { code, certificateId } = await certified({ identity: EARLIER, contact: ['tel:+94771230000', MAIL] })
    await ask(contract.updateCertificates, { token, body: [aRequest({ preEnrollmentCode: code, recipient })] })
    await issueWaiting()
    const current = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    const id = current.current.certificateId
    const newer = await put(with_((await read(id)).record, { name: 'Saraswathy' }))
    expect(newer.status).toBe(200)
    await issueWaiting()
    const ids: Record<string, string> = {
      certificateId: id,
      preEnrollmentCode: code,
      transactionId: newer.body.results[0].transactionId ?? '00000000-0000-0000-0000-000000000000',
      about: code,
      q: code,
    }
    ids.reportId = await reported(id)
    ids.transactionId = await failed(id)
    const reads = (Object.values(contract) as Endpoint[]).filter(
      (row) =>
        row.method === 'GET' && (row.who === 'caller' || row.who === 'person') && row.operation !== 'revealedValues',
    )
    const answered = new Set<string>()
    for (const row of reads) {
      const given = (schema: Endpoint['params']) =>
        Object.fromEntries(Object.keys(schema?.shape ?? {}).flatMap((key) => (ids[key] ? [[key, ids[key]]] : [])))
      const params = { ...given(row.params), ...(row.path.includes('{extension}') ? { extension: 'json' } : {}) }
      if (Object.keys(row.params?.shape ?? {}).some((key) => !(key in params))) continue
      const answer = await ask(row, { cookie: asha, params, query: given(row.query) })
      if (answer.status !== 200 || !/json/.test(answer.headers.get('content-type') ?? '')) continue
      answered.add(row.operation)
      for (const value of PLAIN) expect(JSON.stringify(answer.body), `${row.operation}: ${value}`).not.toContain(value)
    }
    expect(answered.size).toBeGreaterThan(15)
    for (const one of ['lineages', 'certificate', 'personDoses', 'dayList', 'reportAdvice', 'failureAdvice', 'looks']) {
      expect([...answered]).toContain(one)
    }
    expect(JSON.stringify(await plain(certificateId))).toContain('872550109V')
    expect((await plain(id)).recipient).toMatchObject(recipient)
    const { history } = (await read(id)).lineage
    const changed = history.flatMap((one: { changes: { path: string; before: string }[] }) => one.changes)
    expect(
      changed
        .filter((one: { path: string }) => one.path === 'recipient.identity')
        .map((one: { before: string }) => isHidden(one.before)),
    ).toEqual([true])
  })

  test('shows the last four of what is long enough, and of each contact on its own', async () => {
    const { certificateId } = await certified({ contact: [PHONE, MAIL, '12345'] })
    const { record, credential } = await read(certificateId)
    expect(record.recipient.identity).toMatch(/^errata-hidden:[\w-]{22}:100V$/)
    expect(record.recipient.contact.map((one: string) => one.replace(/:[\w-]{22}:/, ':…:'))).toEqual([
      'errata-hidden:…:4501',
      'errata-hidden:…:',
      'errata-hidden:…:',
    ])
    expect(credential).toBeNull()
  })

  test('is looked at with what its holder reported: counted, and in the log', async () => {
    const { certificateId } = await certified()
    const person = await anOperator({ facilityCode: 'MAH' })
    const answer = await ask(contract.reportAdvice, {
      cookie: await cookieOf(person),
      params: { reportId: await reported(certificateId) },
    })
    expect(answer.status).toBe(200)
    const { db } = liveContext()
    const looks = await db.auditEvent.findMany({ where: { certificateId, actorId: person.id } })
    expect(looks).toMatchObject([{ action: 'record.read', detail: { form: 'report' } }])
    const counted = await db.$queryRaw<object[]>`
      select span, count from look_up_window where actor = ${`operator:${person.id}`} order by span`
    expect(counted).toEqual(['day', 'hour'].map((span) => ({ span, count: 1 })))
  })

  test('does not leave as a credential, nor as a row of the registry, before it is revealed', async () => {
    const { certificateId } = await certified()
    const file = (extension: string) =>
      ask(contract.certificateFile, { cookie: asha, params: { certificateId, extension } })
    expect((await file('jsonld')).body.code).toBe('REVEAL_REQUIRED')
    expect((await file('vc.json')).body.code).toBe('REVEAL_REQUIRED')
    expect((await ask(contract.registryRow, { cookie: asha, params: { certificateId } })).status).toBe(403)
    await reveal(certificateId)
    expect((await file('jsonld')).status).toBe(200)
  })

  test('is hidden in the answers to updates, trials and previews, refused ones too', async () => {
    const { certificateId } = await certified()
    const { record } = await read(certificateId)
    const preview = await ask(contract.preview, {
      cookie: asha,
      headers: WRITE,
      body: { item: with_(record, { name: 'Other' }), certificateId, want: ['means'] },
    })
    expect(preview.status).toBe(200)
    expect(preview.body.changes.map(({ path }: { path: string }) => path)).toEqual(['recipient.name'])
    // A browser that knows only the markers draws the same code, but for the time.
    const drawn = drawingOf(VACCINATION, record, preview.body.means)(with_(record, { name: 'Other' }))
    expect(undated(drawn!.value)).toBe(undated(preview.body.qr.value))
    const trial = await put(with_(record, { identity: 'did:lk.nic:999' }), { query: { dryRun: 'true' } })
    const refused = await put(with_(record, { nationality: '' }))
    const done = await put(with_(record, { contact: ['tel:0110000000'] }))
    for (const answer of [preview, trial, refused, done]) {
      for (const value of PLAIN) expect(JSON.stringify(answer.body)).not.toContain(value)
    }
    expect(trial.body.results[0].changes).toEqual([
      expect.objectContaining({ path: 'recipient.identity', before: expect.stringMatching(/^errata-hidden/) }),
    ])
  })
})

describe('an update that sends markers back', () => {
  test('keeps what they stand for, to the letter', async () => {
    const { code, certificateId } = await certified()
    const { record } = await read(certificateId)
    const answer = await put(with_(record, { gender: 'Other' }), { headers: { 'if-match': `"${certificateId}"` } })
    expect(answer.status).toBe(200)
    expect(answer.body.results[0].changes.map(({ path }: { path: string }) => path)).toEqual(['recipient.gender'])
    await issueWaiting()
    const found = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    expect((await plain(found.current.certificateId)).recipient).toMatchObject({ ...recipient, gender: 'Other' })
  })

  test('changes nothing where nothing else is changed, and again when the answer was lost', async () => {
    const { certificateId } = await certified()
    const { record } = await read(certificateId)
    expect((await put(record)).body.results[0].status).toBe('unchanged')
    const item = with_(record, { gender: 'Other' })
    await put(item)
    await issueWaiting()
    expect((await put(item)).body.results[0].status).toBe('unchanged')
  })

  test('keeps one contact, drops another and adds a third', async () => {
    const { code, certificateId } = await certified()
    const { record } = await read(certificateId)
    await put(with_(record, { contact: [record.recipient.contact[1], 'tel:0110000000'] }))
    await issueWaiting()
    const found = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    expect((await plain(found.current.certificateId)).recipient.contact).toEqual([MAIL, 'tel:0110000000'])
  })

  test("brings nobody else's values in, and nothing that was never hidden here", async () => {
    const mine = await certified()
    const other = await certified({ identity: 'did:lk.nic:660000001V' })
    const [record, foreign] = [(await read(mine.certificateId)).record, (await read(other.certificateId)).record]
    const made = `errata-hidden:${'A'.repeat(22)}:100V`
    for (const changes of [
      { identity: foreign.recipient.identity },
      { identity: made },
      { identity: 'errata-hidden:' },
      { identity: record.recipient.contact[0] },
      { name: record.recipient.identity },
      { contact: [record.recipient.identity] },
      { contact: [`x ${record.recipient.contact[0]}`] },
    ]) {
      const answer = await put(with_(record, changes))
      expect(answer.body.code, JSON.stringify(changes)).toBe('VALIDATION_ERROR')
      expect(JSON.stringify(answer.body)).not.toContain('660000001')
    }
  })

  test('is told that the record changed meanwhile', async () => {
    const { code, certificateId } = await certified()
    const { record } = await read(certificateId)
    const changed = aRequest({
      preEnrollmentCode: code,
      recipient: { ...recipient, identity: 'did:lk.nic:660000002V' },
    })
    await ask(contract.updateCertificates, { token, body: [changed] })
    await issueWaiting()
    const stale = await put(with_(record, { gender: 'Other' }), { headers: { 'if-match': `"${certificateId}"` } })
    expect(stale.body.code).toBe('STALE_VERSION')
  })

  test('is refused from a token, and in what is certified', async () => {
    const { certificateId } = await certified()
    const { record } = await read(certificateId)
    expect((await put(with_(record, { gender: 'Other' }), { token })).body.code).toBe('VALIDATION_ERROR')
    const certify = await ask(contract.certify, {
      token,
      body: [with_({ ...record, preEnrollmentCode: 'MASKNEW' }, {})],
    })
    expect(certify.body.code).toBe('VALIDATION_ERROR')
  })
})

const reveal = (certificateId: string, body: object = { reason: 'identify' }, cookie = asha) =>
  ask(contract.revealValues, { cookie, headers: WRITE, params: { certificateId }, body })
const revealed = async (certificateId: string, cookie = asha) =>
  (await ask(contract.revealedValues, { cookie, params: { certificateId } })).body.reveal

describe('a reveal', () => {
  test('answers what the markers stand for, to this person, with a reason, for the time of the setting', async () => {
    const { certificateId } = await certified()
    const { record } = await read(certificateId)
    expect(await revealed(certificateId)).toBeNull()
    const { status, body } = await reveal(certificateId)
    expect(status).toBe(200)
    const values = Object.fromEntries(
      body.values.map((one: { hidden: string; value: string }) => [one.hidden, one.value]),
    )
    expect(values[record.recipient.identity]).toBe(IDENTITY)
    expect(record.recipient.contact.map((one: string) => values[one])).toEqual([PHONE, MAIL])
    expect(await revealed(certificateId)).toEqual(body)
    const colleague = await cookieOf(await anOperator({ facilityCode: 'MAH' }))
    expect(await revealed(certificateId, colleague)).toBeNull()
    const until = Date.parse(body.until)
    const clock = vi.spyOn(liveContext(), 'now').mockImplementation(() => new Date(until))
    expect(await revealed(certificateId)).toBeNull()
    clock.mockRestore()
  })

  test('is in the audit with its reason and the names of the fields, and nothing of the values', async () => {
    const { certificateId } = await certified()
    await reveal(certificateId, { reason: 'other', note: 'she asked' })
    const rows = await liveContext().db.$queryRaw<{ detail: object }[]>`
      select detail from audit_event where certificate_id = ${certificateId} and action = 'record.revealed'`
    expect(rows).toEqual([
      { detail: expect.objectContaining({ reason: 'other', fields: ['recipient.identity', 'recipient.contact'] }) },
    ])
    for (const value of [...PLAIN, 'she asked']) expect(JSON.stringify(rows)).not.toContain(value)
  })

  test('needs a reason of the list, and a record within reach', async () => {
    const { certificateId } = await certified()
    for (const body of [{}, { reason: 'curiosity' }, { reason: 'other' }]) {
      expect((await reveal(certificateId, body)).status).toBe(400)
    }
    await aFacility(`F${count}`)
    const elsewhere = await cookieOf(await anOperator({ facilityCode: `F${count}` }))
    expect((await reveal(certificateId, { reason: 'identify' }, elsewhere)).body.code).toBe('NOT_YOUR_FACILITY')
    expect((await reveal('000000000000')).status).toBe(404)
  })
})
