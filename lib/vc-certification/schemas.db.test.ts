/** A script of an implementer of DIVOC 3.0: context, schema, certify, update, fetch; and all that is refused on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest, anIssuer } from '@/lib/testing/builders'
import { TRAINING_CONTEXT, trainingSchema } from '@/lib/testing/training-schema'
import { runSigningJobs } from '@/lib/queue/signing-jobs'
import { SIGN_PREVIEW, signPreview } from '@/lib/type-checks/preview-signing'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- schemas of every shape, right and wrong
type Schema = any

const OWN = { origin: ORIGIN }
const stop = new AbortController()
let close: () => Promise<void>
let token: string
let administrator: string
let signing: Promise<void>

beforeAll(async () => {
  ;({ close } = await startApi())
  token = await aToken()
  administrator = await cookieOf(await anOperator({ roles: ['administrator'] }))
  const issuer = await anIssuer(liveContext())
  signing = runSigningJobs(issuer, { [SIGN_PREVIEW]: (payload) => signPreview(issuer, payload) }, stop.signal)
})
afterAll(async () => {
  stop.abort()
  await signing
  await close()
})

/** A form as a client puts it on the wire. */
async function aForm(form: FormData) {
  const whole = new Response(form)
  return { raw: await whole.arrayBuffer(), headers: { 'content-type': whole.headers.get('content-type')! } }
}

/** Keeps a document, sent as DIVOC's clients do. */
async function aContext(document: unknown = TRAINING_CONTEXT, as = token): Promise<string> {
  const form = new FormData()
  form.set('files', new File([JSON.stringify(document)], 'training-context.json'))
  const { status, body } = await ask(contract.addContext, { token: as, ...(await aForm(form)) })
  expect(status, JSON.stringify(body)).toBe(200)
  return `${ORIGIN}${body.url}`
}

const create = (name: string, schema: unknown, more: object = {}) =>
  ask(contract.createSchema, { token, body: { name, schema: JSON.stringify(schema), ...more } })
/** A schema with one thing changed. */
function changed(url: string, change: (schema: Schema) => void): unknown {
  const schema = structuredClone(trainingSchema(url))
  change(schema)
  return schema
}
const payload = {
  name: 'Nimal Perera',
  registration: 'TR-2026-17',
  email: 'nimal@hospital.example',
  organisation: 'School of nursing',
  courseName: 'Infection control',
  courseEnd: '2026-03-14',
  level: 'advanced',
  hours: 24,
  issuer: 'https://school.example',
  issuanceDate: '2026-03-15T10:00:00Z',
}
const versionsOf = async (name: string) =>
  (await ask(contract.typeVersions, { cookie: administrator, headers: OWN, params: { name } })).body.versions

describe('a script of DIVOC 3.0', () => {
  test('context, schema, certify, update, fetch, and another template: without a line of ours', async () => {
    const url = await aContext()
    const served = await ask(contract.jsonLdContext, { params: { contextId: url.split('/').at(-1)! } })
    expect(served.body).toEqual(TRAINING_CONTEXT)

    const made = await create('TrainingCertificate', trainingSchema(url))
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    expect(made.body).toMatchObject({
      message: 'Successfully created Schema',
      schemaAddResponse: { result: { Schema: { osid: '1-TrainingCertificate' } } },
      status: 'PUBLISHED',
      version: 1,
    })
    expect(made.body.notes.join()).toContain('Person/@context/name keeps the meaning that it has here')

    const params = { entityName: 'TrainingCertificate' }
    const certified = await ask(contract.certifyEntity, { token, params, body: payload })
    expect(certified.status, JSON.stringify(certified.body)).toBe(200)
    await issueWaiting()
    const { transactionId } = certified.body
    const first = await ask(contract.entityTransaction, { token, params: { transactionId } })
    expect(first.body).toMatchObject({ status: 'SUCCESSFUL', entityType: 'TrainingCertificate' })
    const { certificateId } = first.body
    const fetched = await ask(contract.entityCertificate, {
      token,
      params: { ...params, certificateId },
      headers: { accept: 'application/vc+ld+json' },
    })
    const credential = JSON.parse(new TextDecoder().decode(fetched.bytes))
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'ProofOfTraining'],
      credentialSubject: { type: 'Person', name: 'Nimal Perera', email: 'nimal@hospital.example' },
      evidence: [{ type: 'TrainingCertificate', courseName: 'Infection control', hours: 24, certificateId }],
      nonTransferable: 'true',
    })
    expect(credential.issuer).not.toBe(payload.issuer)

    const wrong = await ask(contract.certifyEntity, { token, params, body: { ...payload, level: 'expert' } })
    expect(wrong.status).toBe(400)
    const corrected = { ...payload, name: 'Nimal R Perera', certificateId }
    const updated = await ask(contract.updateEntity, { token, params, body: corrected })
    expect(updated.status, JSON.stringify(updated.body)).toBe(200)
    await issueWaiting()
    const second = await ask(contract.entityTransaction, {
      token,
      params: { transactionId: updated.body.transactionId },
    })
    expect(second.body.status).toBe('SUCCESSFUL')
    const pdf = await ask(contract.entityCertificate, {
      token,
      params: { ...params, certificateId: second.body.certificateId },
      headers: { accept: 'application/pdf' },
    })
    expect(new TextDecoder().decode(pdf.bytes.slice(0, 5))).toBe('%PDF-')

    const more = changed(url, (schema) => {
      schema.definitions.TrainingCertificate.properties.trainer = { type: 'string', maxLength: 80 }
    })
    const schemaId = '1-TrainingCertificate'
    const next = await ask(contract.updateSchema, {
      token,
      params: { schemaId },
      body: { schema: JSON.stringify(more) },
    })
    expect(next.body, JSON.stringify(next.body)).toMatchObject({ version: 2, status: 'PUBLISHED' })
    const shown = await ask(contract.oneSchema, { token, params: { schemaId } })
    expect(JSON.parse(shown.body.schemas[0].schema)).toEqual(more)

    const params2 = { schemaId: 'TrainingCertificate' }
    const html = { template: '<html><body>{{name}}</body></html>' }
    const refused = await ask(contract.updateSchemaTemplate, { token, params: params2, body: html })
    expect(refused.status).toBe(400)
    expect(refused.body.message).toMatch(/HTML and Handlebars are not run here.*Typst/)
    const version = await ask(contract.typeVersion, {
      cookie: administrator,
      headers: OWN,
      params: { name: 'TrainingCertificate', version: 2 },
    })
    const typst = Buffer.from(version.body.files['certificate.typ'], 'base64').toString('utf8')
    const template = `// Of the ministry.\n${typst}`
    const other = await ask(contract.updateSchemaTemplate, { token, params: params2, body: { template } })
    expect(other.body, JSON.stringify(other.body)).toMatchObject({ version: 3, status: 'PUBLISHED' })
    // As DIVOC's clients send it: a form with a file.
    const form = new FormData()
    form.set('files', new File([`${template}\n// And once more.\n`], 'training.typ'))
    const uploaded = await ask(contract.updateSchemaTemplate, { token, params: params2, ...(await aForm(form)) })
    expect(uploaded.body, JSON.stringify(uploaded.body)).toMatchObject({ version: 4 })
    const page = new FormData()
    page.set('files', new File(['<!DOCTYPE html><html></html>'], 'template.html'))
    const asHtml = await ask(contract.updateSchemaTemplate, { token, params: params2, ...(await aForm(page)) })
    expect(asHtml.body.message).toMatch(/HTML and Handlebars are not run here/)
    const broken = { template: '#let x = (' }
    expect((await ask(contract.updateSchemaTemplate, { token, params: params2, body: broken })).status).toBe(400)
    expect((await versionsOf('TrainingCertificate')).map(({ state }: { state: string }) => state)).toEqual([
      'published',
      'retired',
      'retired',
      'retired',
    ])
  })

  test('a draft is previewed with the test key and waits for an administrator', async () => {
    const url = await aContext()
    const schema = JSON.parse(
      JSON.stringify(trainingSchema(url, 'Course_1')).replaceAll('TrainingCertificate', 'Course_1'),
    )
    const context = JSON.parse(JSON.stringify(TRAINING_CONTEXT).replaceAll('TrainingCertificate', 'Course_1'))
    schema._osConfig.credentialTemplate['@context'][1] = await aContext(context)
    const made = await create('Course_1', schema, { status: 'DRAFT' })
    expect(made.body, JSON.stringify(made.body)).toMatchObject({ status: 'DRAFT', osid: '1-Course1' })
    expect((await ask(contract.oneSchema, { token, params: { schemaId: '1-Course1' } })).status).toBe(404)
    const preview = await ask(contract.previewSchema, { token, body: { schemaId: '1-Course1' } })
    expect(preview.status, JSON.stringify(preview.body)).toBe(200)
    expect(new TextDecoder().decode(preview.bytes.slice(0, 5))).toBe('%PDF-')
    const again = await create('Course_1', schema)
    expect(again.body).toMatchObject({ code: 'NAME_TAKEN' })
    const [draft] = await versionsOf('Course1')
    const published = await ask(contract.publishType, {
      cookie: administrator,
      headers: OWN,
      params: { name: 'Course1', version: draft.version },
      body: { checksum: draft.checksum },
    })
    expect(published.status, JSON.stringify(published.body)).toBe(200)
    const params = { entityName: 'Course_1' }
    expect((await ask(contract.certifyEntity, { token, params, body: payload })).status).toBe(200)
    // Who asked an administrator once does so again, whatever the next request says.
    const next = await ask(contract.updateSchema, {
      token,
      params: { schemaId: 'Course_1' },
      body: { schema: JSON.stringify(schema), status: 'PUBLISHED' },
    })
    expect(next.body, JSON.stringify(next.body)).toMatchObject({ status: 'DRAFT', version: 2 })
    expect((await versionsOf('Course1')).map(({ state }: { state: string }) => state)).toEqual(['draft', 'published'])
  })

  test('every type in force is told as a schema', async () => {
    const { body } = await ask(contract.schemas, { token })
    const vaccination = body.schemas.find(({ name }: { name: string }) => name === 'VaccinationCertificate')
    const schema = JSON.parse(vaccination.schema).definitions.VaccinationCertificate
    expect(schema.required).toContain('recipient')
    expect(schema.properties.recipient.required).toContain('name')
    expect(schema.properties.vaccination.properties.dose).toMatchObject({ type: 'integer' })
  })
})

describe('a token that may send schemas', () => {
  const ofName = async (name: string, as = token) =>
    JSON.parse(
      JSON.stringify(
        trainingSchema(
          await aContext(JSON.parse(JSON.stringify(TRAINING_CONTEXT).replaceAll('TrainingCertificate', name)), as),
          name,
        ),
      ),
    )
  /** Both ways to a next version. */
  const attempts = (as: string, schemaId: string, schema: unknown) => [
    ask(contract.updateSchema, { token: as, params: { schemaId }, body: { schema: JSON.stringify(schema) } }),
    ask(contract.updateSchema, {
      token: as,
      params: { schemaId },
      body: { schema: JSON.stringify(schema), status: 'DRAFT' },
    }),
    ask(contract.updateSchemaTemplate, {
      token: as,
      params: { schemaId },
      body: { template: '#set page(paper: "a4")' },
    }),
  ]
  async function expectRefused(as: string, schemaId: string, name: string, schema: unknown) {
    const before = await versionsOf(name)
    for (const { status, body } of await Promise.all(attempts(as, schemaId, schema))) {
      expect({ status, code: body.code }, JSON.stringify(body)).toEqual({ status: 403, code: 'NOT_ALLOWED' })
      expect(body.message).toMatch(/Administrators change it on the screens, at \/administration\/types/)
    }
    expect(await versionsOf(name)).toEqual(before)
  }

  test('changes no type that comes with the product, and no other system’s', async () => {
    const types = await aToken({ scopes: ['types'] })
    await expectRefused(
      types,
      'VaccinationCertificate',
      'VaccinationCertificate',
      await ofName('VaccinationCertificate'),
    )
    await expectRefused(types, 'HealthProfessional_1', 'HealthProfessional', await ofName('HealthProfessional_1'))
    const schema = await ofName('Theirs')
    expect((await create('Theirs', schema)).body).toMatchObject({ status: 'PUBLISHED' })
    await expectRefused(types, '1-Theirs', 'Theirs', schema)
    const sent = aRequest({ preEnrollmentCode: 'AS-BEFORE-1' })
    expect((await ask(contract.certify, { token, body: [sent] })).status).toBe(200)
  })

  test('changes nothing that an administrator changed since: a second person stays asked', async () => {
    const schema = await ofName('Watched')
    expect((await create('Watched', schema)).body).toMatchObject({ status: 'PUBLISHED', version: 1 })
    const params = { name: 'Watched' }
    const as = { cookie: administrator, headers: OWN }
    const { body: first } = await ask(contract.typeVersion, { ...as, params: { ...params, version: 1 } })
    const watched = { ...JSON.parse(first.document), approval: { of: ['client'], largeNameChange: true } }
    const body = { document: JSON.stringify(watched), files: first.files }
    const { body: draft } = await ask(contract.addTypeDraft, { ...as, params, body })
    await expectRefused(token, 'Watched', 'Watched', schema)
    const { version, checksum } = draft
    const published = await ask(contract.publishType, { ...as, params: { ...params, version }, body: { checksum } })
    expect(published.status, JSON.stringify(published.body)).toBe(200)
    await expectRefused(token, 'Watched', 'Watched', schema)
  })

  test('shows nothing again that was hidden, and takes away nothing that tells certificates apart', async () => {
    const schema = await ofName('Hidden')
    const hidden = structuredClone(schema)
    hidden._osConfig.privateFields = ['$.organisation']
    expect((await create('Hidden', hidden)).body).toMatchObject({ status: 'PUBLISHED' })
    const update = (given: unknown) =>
      ask(contract.updateSchema, { token, params: { schemaId: 'Hidden' }, body: { schema: JSON.stringify(given) } })
    const next = await update(schema)
    expect(next.body, JSON.stringify(next.body)).toMatchObject({ status: 'PUBLISHED', version: 2 })
    expect(next.body.notes).toContain('organisation: it stays hidden, as it was before. Administrators can show it.')
    const { body } = await ask(contract.typeVersion, {
      cookie: administrator,
      headers: OWN,
      params: { name: 'Hidden', version: 2 },
    })
    const [{ fields }] = JSON.parse(body.document).sections
    expect(fields.find(({ path }: { path: string }) => path === 'hidden.organisation').masked).toBe(true)
    const keyless = structuredClone(schema)
    delete keyless._osConfig.uniqueIndexFields
    const refused = await update(keyless)
    expect(refused.body).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringMatching(/for ever/) })
  })

  test('that tries things out puts nothing into force', async () => {
    const trial = await aToken({ sandbox: true })
    const body = { name: 'Trial', schema: JSON.stringify(await ofName('Trial', trial)) }
    const made = await ask(contract.createSchema, { token: trial, body })
    expect(made.body, JSON.stringify(made.body)).toMatchObject({ status: 'DRAFT' })
  })

  test('makes one type of a name, whoever is first', async () => {
    const [own, other] = [token, await aToken()]
    const schemas = [await ofName('Raced', own), await ofName('Raced', other)].map((one) => JSON.stringify(one))
    const answers = await Promise.all(
      [own, other].map((as, at) =>
        ask(contract.createSchema, { token: as, body: { name: 'Raced', schema: schemas[at] } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await versionsOf('Raced')).toHaveLength(1)
  })

  test('is named in the log with what it put into force', async () => {
    const lines = await liveContext().db.auditEvent.findMany({
      where: { action: 'type.published', actorKind: 'client' },
    })
    expect(lines.map(({ detail }) => (detail as { name: string }).name)).toContain('Theirs')
  })
})

describe('refused, and nothing is kept', () => {
  test.each<[string, (schema: Schema) => void, RegExp, string]>([
    [
      'a placeholder of no property',
      (s) => (s._osConfig.credentialTemplate.evidence.level = '{{grade}}'),
      /No property is called grade/,
      '/schema/_osConfig/credentialTemplate/evidence/level',
    ],
    [
      'text around a placeholder',
      (s) => (s._osConfig.credentialTemplate.evidence.level = 'Level {{level}}'),
      /with other text around/,
      '/schema/_osConfig/credentialTemplate',
    ],
    [
      'code in a placeholder',
      (s) => (s._osConfig.credentialTemplate.evidence.level = '{{#with level}}x{{/with}}'),
      /not understood|no placeholder/,
      '/schema/_osConfig/credentialTemplate',
    ],
    [
      'another evidence type',
      (s) => (s._osConfig.credentialTemplate.evidence.type = 'Other'),
      /evidence type doesn't match with schema/,
      '/schema/_osConfig/credentialTemplate/evidence',
    ],
    [
      'no credentialTemplate',
      (s) => delete s._osConfig.credentialTemplate,
      /missing/,
      '/schema/_osConfig/credentialTemplate',
    ],
    [
      'a list',
      (s) => (s.definitions.TrainingCertificate.properties.level = { type: 'array' }),
      /array is none of them/,
      '/schema/definitions/TrainingCertificate/properties/level/type',
    ],
    [
      'no such key',
      (s) => (s._osConfig.uniqueIndexFields = ['number']),
      /There is no property number/,
      '/schema/_osConfig/uniqueIndexFields/0',
    ],
    [
      'a name of prototypes',
      (s) => (s.definitions.TrainingCertificate.properties.constructor = { type: 'string' }),
      /letters and digits/,
      '/schema/definitions/TrainingCertificate/properties/constructor',
    ],
    [
      'nobody’s certificate',
      (s) => (s._osConfig.credentialTemplate.credentialSubject.name = 'x'),
      /has to be a property/,
      '/schema/_osConfig/credentialTemplate/credentialSubject/name',
    ],
    [
      'a context elsewhere',
      (s) => (s._osConfig.credentialTemplate['@context'][1] = 'http://169.254.169.254/latest'),
      /is not fetched/,
      '/schema/_osConfig/credentialTemplate/@context',
    ],
    [
      'no context',
      (s) => s._osConfig.credentialTemplate['@context'].pop(),
      /context is not available/,
      '/schema/_osConfig/credentialTemplate/@context',
    ],
    [
      'a value without a word',
      (s) => (s._osConfig.credentialTemplate.evidence.grade = '{{level}}'),
      /would not be signed/,
      '/forms/certifyV3/credential/evidence/0/grade',
    ],
  ])('%s', async (_what, change, message, path) => {
    const url = await aContext()
    const name = 'TrainingCertificate'
    const before = await versionsOf(name)
    const schema = JSON.stringify(changed(url, change))
    const known = before.length > 0
    const refused = known
      ? await ask(contract.updateSchema, { token, params: { schemaId: name }, body: { schema } })
      : await ask(contract.createSchema, { token, body: { name, schema } })
    expect(refused.status).toBe(400)
    expect(refused.body.message).toMatch(message)
    expect(refused.body.details.map((one: { path: string }) => one.path)).toContain(path)
    expect(await versionsOf(name)).toEqual(before)
  })

  test('a name of a shipped type, what is no JSON, and who may not', async () => {
    const url = await aContext()
    const taken = await create(
      'HealthProfessional_1',
      JSON.parse(
        JSON.stringify(trainingSchema(url, 'HealthProfessional_1')).replaceAll(
          'TrainingCertificate',
          'HealthProfessional_1',
        ),
      ),
    )
    expect(taken.body.details[0]).toMatchObject({
      path: '/aliases/0',
      message: expect.stringContaining('HealthProfessional'),
    })
    const broken = await ask(contract.createSchema, { token, body: { name: 'Broken', schema: '{' } })
    expect(broken.body).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('no JSON object') })
    const usual = await aToken({ scopes: ['certify', 'update', 'read', 'vc'] })
    const body = { name: 'Mine', schema: '{}' }
    expect((await ask(contract.createSchema, { token: usual, body })).body).toMatchObject({ code: 'SCOPE_MISSING' })
    const clerk = await cookieOf(await anOperator({ roles: ['operator', 'supervisor', 'auditor'] }))
    expect((await ask(contract.createSchema, { cookie: clerk, headers: OWN, body })).status).toBe(403)
    expect((await ask(contract.createSchema, { body })).status).toBe(401)
    // Administrators have screens for it.
    expect((await ask(contract.createSchema, { cookie: administrator, headers: OWN, body })).status).toBe(403)
  })

  test('contexts: another client, which may read them, neither changes, removes nor names them', async () => {
    const url = await aContext()
    const params = { contextId: url.split('/').at(-1)! }
    const other = await aToken()
    const words = { '@context': { word: 'https://elsewhere.example/words#word' } }
    const schema = JSON.stringify(trainingSchema(url, 'Borrowed'))
    const refused = [
      await ask(contract.changeContext, { token: other, params, body: words }),
      await ask(contract.removeContext, { token: other, params }),
      await ask(contract.createSchema, { token: other, body: { name: 'Borrowed', schema, status: 'DRAFT' } }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await ask(contract.jsonLdContext, { params })).body).toEqual(TRAINING_CONTEXT)
    expect((await ask(contract.changeContext, { token, params, body: words })).status).toBe(200)
  })

  test('contexts: what is none, what is gone', async () => {
    for (const body of [{}, { '@context': 'https://elsewhere.example' }, []]) {
      expect((await ask(contract.addContext, { token, body })).status).toBe(400)
    }
    const named = new FormData()
    named.set('other', new File(['{}'], 'context.json'))
    expect((await ask(contract.addContext, { token, ...(await aForm(named)) })).body.message).toContain('"files"')
    const broken = new FormData()
    broken.set('files', new File(['{'], 'context.json'))
    expect((await ask(contract.addContext, { token, ...(await aForm(broken)) })).body.code).toBe('MALFORMED_JSON')
    const url = await aContext()
    const params = { contextId: url.split('/').at(-1)! }
    const other = { '@context': { word: 'https://training.example/words#word' } }
    expect((await ask(contract.changeContext, { token, params, body: other })).status).toBe(200)
    expect((await ask(contract.jsonLdContext, { params })).body).toEqual(other)
    expect((await ask(contract.removeContext, { token, params })).status).toBe(200)
    expect((await ask(contract.removeContext, { token, params })).status).toBe(404)
    expect((await ask(contract.jsonLdContext, { params })).status).toBe(404)
    const gone = await create('Gone', trainingSchema(url, 'Gone'))
    expect(gone.status).toBe(404)
  })
})
