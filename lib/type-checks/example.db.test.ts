/** The documentation's own example, by configuration alone: one more field that has to be given, on everything, at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { updateExample } from '@/lib/api/examples'
import { liveContext } from '@/lib/certificates/context'
import { runSigningJobs } from '@/lib/queue/signing-jobs'
import { verifyCredential } from '@/lib/signing/sign'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { anIssuer } from '@/lib/testing/builders'
import { numberIn, readScanned } from '@/lib/verification/scanned'
import { SIGN_PREVIEW, signPreview } from './preview-signing'
import { readPdf } from '@/lib/testing/read-pdf'
import { VACCINATION } from '@/lib/testing/vaccination'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

/** What a browser sends from our own pages. */
const OWN = { origin: ORIGIN }
const GENUINE = { response: { verifyResp: { verified: true } } }
const NAME = { name: 'VaccinationCertificate' }
let close: () => Promise<void>
let token: string
let admin: string
let signing: Promise<void>
const stop = new AbortController()

beforeAll(async () => {
  ;({ close } = await startApi())
  const issuer = await anIssuer(liveContext())
  const jobs = { [SIGN_PREVIEW]: (given: Parameters<typeof signPreview>[1]) => signPreview(issuer, given) }
  signing = runSigningJobs(issuer, jobs, stop.signal)
  token = await aToken()
  admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
})
afterAll(async () => {
  stop.abort()
  await signing
  await close()
})

const item = (code: string, recipient: Json = {}) => ({
  ...updateExample[0]!,
  preEnrollmentCode: code,
  recipient: { ...updateExample[0]!.recipient, ...recipient },
})

async function certified(code: string, recipient?: Json): Promise<string> {
  const answer = await ask(contract.certify, { token, body: [item(code, recipient)] })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  await issueWaiting()
  return answer.body.results[0].certificateId
}

/** Puts a field in front of all others, where its place is known. */
function firstOf(type: Json, path: string): Json {
  const { fields } = type.sections[0]
  fields.unshift(
    ...fields.splice(
      fields.findIndex((field: Json) => field.path === path),
      1,
    ),
  )
  return fields[0]
}

/** What is in force, as an administrator finds it, changed. */
async function draft(change: (type: Json, files: Record<string, Json>) => void): Promise<Json> {
  const { body } = await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: NAME })
  const inForce = body.versions.find(({ state }: Json) => state === 'published')
  const read = await ask(contract.typeVersion, {
    cookie: admin,
    headers: OWN,
    params: { ...NAME, version: inForce.version },
  })
  const type = JSON.parse(read.body.document)
  const opened = Object.fromEntries(
    Object.entries(read.body.files as Record<string, string>).map(([name, content]) => [
      name,
      name.endsWith('.json') ? JSON.parse(Buffer.from(content, 'base64').toString()) : content,
    ]),
  )
  change(type, opened)
  const files = Object.fromEntries(
    Object.entries(opened).map(([name, content]) => [
      name,
      typeof content === 'string' ? content : Buffer.from(JSON.stringify(content)).toString('base64'),
    ]),
  )
  return { document: JSON.stringify(type), files, note: 'A change by configuration' }
}

/** Keeps it and puts it into force. */
async function published(body: Json) {
  const kept = await ask(contract.addTypeDraft, { cookie: admin, headers: OWN, params: NAME, body })
  expect(kept.status, JSON.stringify(kept.body)).toBe(200)
  const { version, checksum } = kept.body
  const params = { ...NAME, version }
  return {
    params,
    answer: await ask(contract.publishType, { cookie: admin, headers: OWN, params, body: { checksum } }),
  }
}

function withParentName(type: Json, files: Record<string, Json>) {
  const field = withField(type, files, 'parentName', 'Parent name', 2)
  Object.assign(field, { labels: { hi: 'माता या पिता का नाम' } })
  type.alsoIn = 'hi'
  type.verify = [{ label: 'Parent name', at: 'credentialSubject.parentName' }]
}

/** A value of the recipient: in the form, the credential of the QR code and that of VC Data Model 2.0. */
function withField(type: Json, files: Record<string, Json>, name: string, label: string, version: number): Json {
  const path = `recipient.${name}`
  const field = { path, kind: 'text', label, required: true, printed: true }
  type.sections.find(({ id }: Json) => id === 'recipient').fields.splice(1, 0, field)
  for (const form of ['certifyV3', 'certifyV2']) {
    type.forms[form].credential.credentialSubject[name] = { from: path }
    files[type.forms[form].context]!['@context'].Person['@context'][name] = `https://schema.org/${name}`
  }
  type.credential2.credentialSubject[name] = { from: path }
  type.csv?.push({ column: name, path })
  const words = structuredClone(files[type.vocabulary.context]!)
  words['@context'][name] = `{vocabulary}#${name}`
  type.vocabulary = { version, context: `context-2-v${version}.json` }
  files[type.vocabulary.context] = words
  return field
}

describe('a mandatory field "Parent name"', () => {
  let before: string

  test('is asked for, signed, shown and printed; what was issued before still verifies and can be corrected', async () => {
    before = await certified('EX1')
    const { answer } = await published(await draft(withParentName))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)

    // The form and OpenAPI know it.
    const operator = await cookieOf(await anOperator())
    const type = await ask(contract.certificateType, { cookie: operator, params: NAME })
    expect(type.body.sections[0].fields[1]).toMatchObject({ path: 'recipient.parentName', required: true })
    const openApi = await ask(contract.openApi)
    const documented = openApi.body.components.schemas.CertificationRequest.properties.recipient
    expect(documented.required).toContain('parentName')

    // A request without it is refused by its name.
    const refused = await ask(contract.certify, { token, body: [item('EX2')] })
    expect(refused.status).toBe(400)
    expect(refused.body.details).toEqual([
      { index: 0, path: '/recipient/parentName', code: 'VALIDATION_ERROR', message: 'Parent name is missing' },
    ])

    // With it: signed in both forms, genuine, on paper and in the registry.
    const certificateId = await certified('EX2', { parentName: 'Kamala Devi' })
    const read = (accept: string, id = certificateId) =>
      ask(contract.certificate, { token, params: { certificateId: id }, headers: { accept } })
    const credential = JSON.parse(new TextDecoder().decode((await read('application/vc+ld+json')).bytes))
    expect(credential.credentialSubject.parentName).toBe('Kamala Devi')
    for (const accept of ['application/vc+ld+json', 'application/vc']) {
      const signed = JSON.parse(new TextDecoder().decode((await read(accept)).bytes))
      const verdict = await ask(contract.verifyCredential, { body: signed })
      expect(verdict.body, accept).toMatchObject({ ...GENUINE, status: { state: 'valid' } })
      const altered = structuredClone(signed)
      altered.credentialSubject.parentName = 'Somebody Else'
      expect((await ask(contract.verifyCredential, { body: altered })).status, accept).toBe(406)
    }
    const pdf = await readPdfText((await read('application/pdf')).bytes)
    expect(pdf).toContain('Kamala Devi')
    expect(pdf).toContain('Parent name')

    // The holder sees it on the own page.
    const link = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: {} })
    const secret = link.body.url.split('/').at(-1)
    const dateOfBirth = updateExample[0]!.recipient.dob
    const opened = await ask(contract.openHolderLink, { params: { token: secret }, body: { dateOfBirth } })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    const page = await ask(contract.readHolderLink, { params: { token: secret }, cookie })
    expect(page.body.sections[0].details).toContainEqual(
      expect.objectContaining({ label: 'Parent name', value: 'Kamala Devi', labels: { hi: 'माता या पिता का नाम' } }),
    )

    // The one of before: genuine, printed without it; its correction asks for it.
    const old = JSON.parse(new TextDecoder().decode((await read('application/vc+ld+json', before)).bytes))
    expect((await ask(contract.verifyCredential, { body: old })).body).toMatchObject(GENUINE)
    expect(await readPdfText((await read('application/pdf', before)).bytes)).not.toContain('Parent name')
    const correct = (recipient: Json) => ask(contract.updateCertificates, { token, body: [item('EX1', recipient)] })
    expect((await correct({ name: 'Other' })).body.details[0].path).toBe('/recipient/parentName')
    const corrected = await correct({ name: 'Other', parentName: 'Kamala Devi' })
    expect(corrected.body.results[0].changes.map(({ path }: Json) => path)).toEqual([
      'recipient.name',
      'recipient.parentName',
    ])
    await issueWaiting()
    const state = await ask(contract.certificate, { token, params: { certificateId: before } })
    expect(state.body.state).toBe('superseded')
  })

  test('rolled back it is asked for no more, and what was issued with it stays genuine', async () => {
    const with_ = await certified('EX3', { parentName: 'Kamala Devi' })
    const { body } = await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: NAME })
    const first = body.versions.find(({ version }: Json) => version === VACCINATION.version)
    const back = await ask(contract.publishType, {
      cookie: admin,
      headers: OWN,
      params: { ...NAME, version: VACCINATION.version },
      body: { checksum: first.checksum },
    })
    expect(back.body).toMatchObject({ version: VACCINATION.version, state: 'published' })
    const without = await certified('EX4')
    for (const [certificateId, there] of [
      [with_, true],
      [without, false],
    ] as const) {
      const { bytes } = await ask(contract.certificate, {
        token,
        params: { certificateId },
        headers: { accept: 'application/vc+ld+json' },
      })
      const credential = JSON.parse(new TextDecoder().decode(bytes))
      expect('parentName' in credential.credentialSubject).toBe(there)
      expect((await ask(contract.verifyCredential, { body: credential })).body).toMatchObject(GENUINE)
    }
    const actions = await auditActions()
    expect(actions).toEqual(expect.arrayContaining(['type.drafted', 'type.published', 'type.rolled_back']))
  })
})

test('a vaccine with its ICD-11 code, a logo and Hindi labels come by configuration', async () => {
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'
  const { answer } = await published(
    await draft((type, files) => {
      type.codeLists.vaccines.push({ match: 'qdenga', label: 'Qdenga', code: 'XM5DF6' })
      files['ministry.svg'] = Buffer.from(logo).toString('base64') as never
      type.page.logo = 'ministry.svg'
      type.alsoIn = 'hi'
      type.sections[0].fields[0].labels = { hi: 'पूरा नाम' }
    }),
  )
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const sent = { ...item('EX5'), vaccination: { ...updateExample[0]!.vaccination, name: 'Qdenga' } }
  const { body } = await ask(contract.certify, { token, body: [sent] })
  // Its code is known; that the country of the facility is missing is noted and stops nothing.
  expect(body.results[0].warnings.map(({ path }: Json) => path)).toEqual(['/facility/address/country'])
  await issueWaiting()
  const params = { certificateId: body.results[0].certificateId }
  const { bytes } = await ask(contract.certificate, { token, params, headers: { accept: 'application/vc+ld+json' } })
  expect(JSON.parse(new TextDecoder().decode(bytes)).evidence[0]).toMatchObject({ icd11Code: 'XM5DF6' })
  const page = await ask(contract.certificate, { token, params, headers: { accept: 'application/pdf' } })
  expect(page.status).toBe(200)
})

test.each<[string, string, (type: Json, files: Record<string, Json>) => void]>([
  [
    'a dangling path',
    '/forms/certifyV3/credential/credentialSubject/name/from',
    (type) => (type.forms.certifyV3.credential.credentialSubject.name = { from: 'recipient.nobody' }),
  ],
  [
    'an undefined word',
    '/forms/certifyV3/credential/credentialSubject/surprise',
    (type) => (type.forms.certifyV3.credential.credentialSubject.surprise = { from: 'recipient.name' }),
  ],
  [
    'a word that changes its meaning',
    '/files/context.json',
    (_type, files) => (files['context.json']!['@context'].Person['@context'].name = 'https://schema.org/alternateName'),
  ],
  [
    'a function that is none',
    '/forms/certifyV3/credential/issuanceDate/derive',
    (type) => (type.forms.certifyV3.credential.issuanceDate = { derive: 'now' }),
  ],
  [
    'a field twice',
    '/sections/0/fields/1/path',
    (type) => type.sections[0].fields.splice(1, 0, type.sections[0].fields[0]),
  ],
  [
    'a code list that is not there',
    '/sections/1/fields/0/codeList',
    (type) => (type.sections[1].fields[0].codeList = 'nowhere'),
  ],
  [
    'a key that could be corrected',
    '/lineage/sequence',
    (type) => delete type.sections[1].fields.find(({ path }: Json) => path === 'vaccination.dose').locked,
  ],
  ['nothing that tells doses apart any more', '/lineage/sequence', (type) => (type.lineage = {})],
  [
    'another field that tells certificates apart',
    '/lineage/sequence',
    (type) => {
      firstOf(type, 'vaccination.totalDoses').locked = 'No'
      type.lineage = { sequence: 'vaccination.totalDoses' }
    },
  ],
  ['somebody else as the person', '/person/name', (type) => (type.person.name = 'recipient.nationality')],
  ['no date of birth any more', '/person/birthDate', (type) => delete type.person.birthDate],
  ['a key where there was none', '/lineage/key', (type) => (type.lineage.key = 'recipient.identity')],
  [
    'a second person for a date of birth that is not there',
    '/person/birthDate',
    (type) => (type.sections[0].fields = type.sections[0].fields.filter(({ path }: Json) => path !== 'recipient.dob')),
  ],
  ['a second person for a name that is not there', '/person/name', (type) => type.sections[0].fields.shift()],
  ['a hidden name', '/sections/0/fields/0/masked', (type) => (type.sections[0].fields[0].masked = true)],
  ['a hidden date', '/sections/0/fields/0/masked', (type) => (firstOf(type, 'recipient.dob').masked = true)],
  ...Object.entries({ pattern: '[0-9]{9}[A-Z]', allowed: ['a', 'b'], maxLength: 59 }).map(
    ([name, value]): [string, string, (type: Json) => void] => [
      `a hidden field with ${name} ${String(value)}`,
      '/sections/0/fields/0/masked',
      (type) => (firstOf(type, 'recipient.identity')[name] = value),
    ],
  ),
  [
    'a pattern that could hang',
    '/sections/0/fields/0/pattern',
    (type) => (type.sections[0].fields[0].pattern = '(a+)+b'),
  ],
  [
    'a member that means nothing',
    '/sections/0/fields/0/rquired',
    (type) => (type.sections[0].fields[0].rquired = true),
  ],
  [
    'a template that reads outside its folder',
    '/files/certificate.typ',
    (_type, files) => (files['certificate.typ'] = Buffer.from('#read("/etc/passwd")').toString('base64') as never),
  ],
  [
    'a template that never ends',
    '/files/certificate.typ',
    (_type, files) =>
      (files['certificate.typ'] = Buffer.from(
        '#let n = 0\n#for a in range(100000) { for b in range(100000) { n += 1 } }',
      ).toString('base64') as never),
  ],
  [
    'a logo that is too large',
    '/files/big.png',
    (_type, files) => (files['big.png'] = Buffer.alloc(450 * 1024).toString('base64') as never),
  ],
])('%s is refused with its place, and what is in force stays', async (_what, path, change) => {
  const inForce = await ask(contract.certificateTypes, { cookie: admin, headers: OWN })
  const given = await draft(change)
  const checked = await ask(contract.checkType, { cookie: admin, headers: OWN, params: NAME, body: given })
  expect(checked.body.errors.map((one: Json) => one.path)).toContain(path)
  const { answer } = await published(given)
  expect(answer.status).toBe(400)
  expect(answer.body.details.map((one: Json) => one.path)).toContain(path)
  expect((await ask(contract.certificateTypes, { cookie: admin, headers: OWN })).body).toEqual(inForce.body)
})

test('a draft is previewed with sample values, changed by one at a time, and taken away', async () => {
  const given = await draft((type) => (type.title = 'Another title'))
  const kept = await ask(contract.addTypeDraft, { cookie: admin, headers: OWN, params: NAME, body: given })
  const params = { ...NAME, version: kept.body.version }
  const preview = await ask(contract.previewType, { cookie: admin, headers: OWN, params, body: {} })
  expect(preview.body).toMatchObject({ qr: { version: expect.any(Number) } })
  expect(await readPdfText(new Uint8Array(Buffer.from(preview.body.pdf, 'base64')))).toContain('Another title')
  // Signed with the test key: whoever scans it hears that it is a test.
  const scanned = readScanned(preview.body.qr.value)!
  expect(scanned.text).toBe(preview.body.credential)
  expect(numberIn(preview.body.qr.value)).toBe('sandbox')
  const { sandboxKey } = await anIssuer(liveContext())
  expect(await verifyCredential(scanned.credential, sandboxKey)).toEqual({ verified: true })
  // Words that only the draft has are signed, too.
  const named = await ask(contract.addTypeDraft, {
    cookie: admin,
    headers: OWN,
    params: NAME,
    body: await draft((type, files) => withField(type, files, 'guardianName', 'Guardian name', 9)),
  })
  const asked = { cookie: admin, headers: OWN, params: { ...NAME, version: named.body.version } }
  const guarded = await ask(contract.previewType, { ...asked, body: {} })
  expect(guarded.status, JSON.stringify(guarded.body)).toBe(200)
  expect(JSON.parse(guarded.body.credential).credentialSubject.guardianName).toBe('Guardian name sample')
  await ask(contract.dropTypeDraft, asked)
  const { checksum } = kept.body
  const body = { ...given, note: 'once more', document: given.document.replace('Another title', 'A third title') }
  const changed = await ask(contract.changeTypeDraft, {
    cookie: admin,
    headers: OWN,
    params,
    body: { ...body, checksum },
  })
  expect(changed.status).toBe(200)
  const late = await ask(contract.changeTypeDraft, {
    cookie: admin,
    headers: OWN,
    params,
    body: { ...given, checksum },
  })
  expect(late.body.code).toBe('STALE_VERSION')
  const stale = await ask(contract.publishType, { cookie: admin, headers: OWN, params, body: { checksum } })
  expect(stale.body.code).toBe('STALE_VERSION')
  expect((await ask(contract.dropTypeDraft, { cookie: admin, headers: OWN, params })).body).toEqual({ deleted: true })
  expect((await ask(contract.typeVersion, { cookie: admin, headers: OWN, params })).status).toBe(404)
})

test('who is no administrator changes no type', async () => {
  const operator = await cookieOf(await anOperator())
  const given = await draft(() => {})
  const asked = await ask(contract.addTypeDraft, { cookie: operator, headers: OWN, params: NAME, body: given })
  expect(asked.body.code).toBe('NOT_ALLOWED')
})

/** All words of all pages. */
async function readPdfText(bytes: Uint8Array): Promise<string> {
  return (await readPdf(bytes)).pages.map(({ text }) => text).join('\n')
}

async function auditActions(): Promise<string[]> {
  const { liveContext } = await import('@/lib/certificates/context')
  const rows = await liveContext().db.$queryRaw<{ action: string }[]>`
    select distinct action from audit_event where action like 'type.%'`
  return rows.map(({ action }) => action)
}
