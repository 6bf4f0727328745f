/** One type cannot make the certificates of all others "not genuine": asked of every door through which words come in. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { log } from '@/lib/log'
import { vocabularyAt, setVocabulary } from '@/lib/signing/vocabularies'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { TRAINING_CONTEXT, trainingSchema } from '@/lib/testing/training-schema'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- documents of every shape, right and wrong
type Json = any

const OWN = { origin: ORIGIN }
const NAME = 'TestCertificate'
let close: () => Promise<void>
let token: string
let admin: string

beforeAll(async () => {
  ;({ close } = await startApi())
  token = await aToken()
  admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
})
afterAll(() => close())

/** What everybody is told of a vaccination certificate that is issued now. */
async function verdictOfNext(preEnrollmentCode: string): Promise<string> {
  const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode })] })
  await issueWaiting()
  const headers = { accept: 'application/vc+ld+json' }
  const { certificateId } = body.results[0]
  const { bytes } = await ask(contract.certificate, { token, params: { certificateId }, headers })
  const said = await ask(contract.verifyCredential, { body: JSON.parse(new TextDecoder().decode(bytes)) })
  return said.body.status.state
}

/** The next version of TestCertificate with other words, to be published. */
async function published(change: (words: Json) => void) {
  const { body } = await ask(contract.typeVersions, { cookie: admin, headers: OWN, params: { name: NAME } })
  const { version } = body.versions.find(({ state }: Json) => state === 'published')
  const before = await ask(contract.typeVersion, { cookie: admin, headers: OWN, params: { name: NAME, version } })
  const type = JSON.parse(before.body.document)
  const file = type.forms.certifyV3.context
  const words = JSON.parse(Buffer.from(before.body.files[file], 'base64').toString())
  change(words['@context'])
  const files = { ...before.body.files, [file]: Buffer.from(JSON.stringify(words)).toString('base64') }
  const draft = await ask(contract.addTypeDraft, {
    cookie: admin,
    headers: OWN,
    params: { name: NAME },
    body: { document: JSON.stringify(type), files },
  })
  return ask(contract.publishType, {
    cookie: admin,
    headers: OWN,
    params: { name: NAME, version: draft.body.version },
    body: { checksum: draft.body.checksum },
  })
}

test.each<[string, RegExp, (words: Json) => void]>([
  ['a language for all texts', /@language would speak of every value/, (words) => (words['@language'] = 'xx')],
  ['an address for all ids', /@base would speak/, (words) => (words['@base'] = 'https://else.example/')],
  ['an address for all words', /@vocab would speak/, (words) => (words['@vocab'] = 'https://else.example/')],
  ['a direction', /@direction would speak/, (words) => (words['@direction'] = 'rtl')],
  ['what is not handed down', /@propagate would speak/, (words) => (words['@propagate'] = true)],
  ['a language inside', /@language would speak/, (words) => (words.Person['@context']['@language'] = 'xx')],
  [
    'a language of one word',
    /@language would speak/,
    (words) => (words.Person['@context'].patientName = { '@id': 'schema:name', '@language': 'xx' }),
  ],
  // Not of the same shape as any of theirs, and yet: their ids begin so.
  [
    'a short name that all ids begin with',
    /certificates of version \d+ of VaccinationCertificate would say something else than what was signed/,
    (words) => (words.did = 'https://else.example/'),
  ],
])('%s is not published', async (_what, sentence, change) => {
  const { status, body } = await published(change)
  expect(status, JSON.stringify(body)).toBe(400)
  expect(JSON.stringify(body)).toMatch(sentence)
})

test('contexts and schemas of DIVOC neither', async () => {
  for (const words of [
    { '@language': 'xx' },
    { person: { '@id': 'https://schema.org/Person', '@context': [{ '@base': 'https://else.example/' }] } },
  ]) {
    const body = { '@context': { ...TRAINING_CONTEXT['@context'], ...words } }
    const answer = await ask(contract.addContext, { token, body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(400)
    expect(JSON.stringify(answer.body)).toMatch(/would speak of every value/)
  }
  const { body } = await ask(contract.addContext, { token, body: TRAINING_CONTEXT })
  const params = { contextId: body.url.split('/').at(-1) }
  const changed = { '@context': { ...TRAINING_CONTEXT['@context'], '@language': 'xx' } }
  expect((await ask(contract.changeContext, { token, params, body: changed })).status).toBe(400)
  const schema = JSON.stringify(trainingSchema(`${ORIGIN}${body.url}`))
  expect((await ask(contract.createSchema, { token, body: { name: 'TrainingCertificate', schema } })).status).toBe(200)
})

test('after all that, and after a version with words of its own, certificates are valid', async () => {
  const { status, body } = await published((words) => (words.Person['@context'].patientName = 'vac:patientName'))
  expect(status, JSON.stringify(body)).toBe(200)
  expect(await verdictOfNext('WORDS-1')).toBe('valid')
})

test('nothing is issued that verifiers would not find genuine, whatever the words in this process are', async () => {
  const { namespace } = liveContext().settings.credential
  const known = vocabularyAt(namespace)!
  const alarm = vi.spyOn(log(), 'error').mockImplementation(() => {})
  const words = structuredClone(known.words) as Json
  words['@context']['@language'] = 'xx'
  setVocabulary(namespace, { ...known, words })
  const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: 'WORDS-2' })] })
  await issueWaiting()
  const { certificateId } = body.results[0]
  expect((await ask(contract.certificateStatus, { params: { certificateId } })).status).toBe(404)
  expect(alarm).toHaveBeenCalledWith(
    expect.objectContaining({ name: 'ReadBackError', problem: 'signature' }),
    expect.any(String),
  )
  setVocabulary(namespace, known)
  alarm.mockRestore()
  expect(await verdictOfNext('WORDS-3')).toBe('valid')
})
