/** Types at a glance, types made as copies, and changes made by the functions that the screens use. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { updateExample } from '@/lib/api/examples'
import { changed, type Change } from '@/lib/certificate-types/change'
import { proposedPlaces } from '@/lib/certificate-types/change-credential'
import { declaredIn, type Draft } from '@/lib/certificate-types/draft'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'

/** What a browser sends from our own pages. */
const OWN = { origin: ORIGIN }
const COPY = { name: 'SchoolCertificate' }
const SHIPPED = { name: 'VaccinationCertificate' }
let close: () => Promise<void>
let admin: string
let token: string

beforeAll(async () => {
  ;({ close } = await startApi())
  admin = await cookieOf(await anOperator({ roles: ['administrator'] }))
  token = await aToken()
})
afterAll(() => close())

const asAdmin = {
  headers: OWN,
  get cookie() {
    return admin
  },
}
const overview = async () => (await ask(contract.typeOverview, { ...asAdmin })).body.types
const use = async (params = SHIPPED) => (await ask(contract.typeUse, { ...asAdmin, params })).body

async function inForce(): Promise<Draft> {
  const { body } = await ask(contract.typeVersions, { ...asAdmin, params: SHIPPED })
  const { version } = body.versions.find(({ state }: { state: string }) => state === 'published')
  const read = await ask(contract.typeVersion, { ...asAdmin, params: { ...SHIPPED, version } })
  return { document: read.body.document, files: read.body.files }
}

test('a copy under a new name is a draft, then a type like any other; nothing of it hangs on the first', async () => {
  const { aliases: _own, ...declared } = JSON.parse((await inForce()).document)
  const body = { document: JSON.stringify({ ...declared, title: 'School' }), files: (await inForce()).files }
  const kept = await ask(contract.addTypeDraft, { ...asAdmin, params: COPY, body })
  expect(kept.body).toMatchObject({ name: COPY.name, version: 1, state: 'draft', changedAt: null, changedByName: null })
  const named = ({ name }: { name: string }) => name === COPY.name
  expect((await overview()).find(named)).toEqual({
    name: COPY.name,
    title: 'School',
    inForce: null,
    drafts: 1,
    versions: 1,
  })
  expect(await use(COPY)).toEqual({ vocabulary: 0, versions: [], share: 1, next: null })

  const params = { ...COPY, version: 1 }
  const rewritten = await ask(contract.changeTypeDraft, {
    ...asAdmin,
    params,
    body: { ...body, checksum: kept.body.checksum, note: 'Once more' },
  })
  expect(rewritten.body).toMatchObject({ note: 'Once more', changedAt: expect.any(String) })
  expect(rewritten.body.changedByName).toBe(rewritten.body.createdByName)

  const { checksum } = rewritten.body
  const published = await ask(contract.publishType, { ...asAdmin, params, body: { checksum } })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  expect((await overview()).find(named)).toMatchObject({ inForce: { version: 1 }, drafts: 0 })
  expect(await use(COPY)).toMatchObject({ vocabulary: declared.vocabulary.version, versions: [] })
})

test('certificates are counted by the version they were issued under, those that count and those of the sandbox apart', async () => {
  const before = (await use()).versions
  const code = 'OVERVIEW1'
  const item = { ...updateExample[0]!, preEnrollmentCode: code }
  await ask(contract.certify, { token, body: [item] })
  await issueWaiting()
  await ask(contract.updateCertificates, {
    token,
    body: [{ ...item, recipient: { ...item.recipient, name: 'Other' } }],
  })
  await issueWaiting()
  const sum = (versions: { current: number }[]) => versions.reduce((total, { current }) => total + current, 0)
  expect(sum((await use()).versions)).toBe(sum(before) + 1)
})

test('what the screens write of "Parent name", a date and a new section passes the check as it is', async () => {
  const draft = await inForce()
  const { vocabulary } = await use()
  const add = (from: Draft, section: string, path: string, kind: string): Draft => {
    const change: Change = {
      do: 'addField',
      section,
      field: { path, kind, label: path, required: true, printed: true },
      places: proposedPlaces(declaredIn(from)!, path),
      verified: true,
    }
    return changed(from, change, { vocabulary })
  }
  const school = { id: 'school', title: 'School', required: false }
  const body = [
    (from: Draft) => add(from, 'recipient', 'recipient.parentName', 'text'),
    (from: Draft) => add(from, 'recipient', 'recipient.motherBorn', 'date'),
    (from: Draft) => add(from, 'vaccination', 'vaccination.thawedAt', 'instant'),
    (from: Draft) => add(from, 'facility', 'facility.address.ward', 'text'),
    (from: Draft) => changed(from, { do: 'addSection', section: school }, { vocabulary }),
    (from: Draft) => add(from, 'school', 'school.name', 'text'),
    (from: Draft) => add(from, 'school', 'school.pupils', 'wholeNumber'),
    (from: Draft) => changed(from, { do: 'dropSection', id: 'vaccinator' }, { vocabulary }),
  ].reduce((from, step) => step(from), draft)
  const checked = await ask(contract.checkType, { ...asAdmin, params: SHIPPED, body })
  expect(checked.body.errors).toEqual([])
})

test('who is no administrator sees neither', async () => {
  const cookie = await cookieOf(await anOperator())
  for (const row of [contract.typeOverview, contract.typeUse]) {
    const answer = await ask(row, { cookie, ...(row === contract.typeUse ? { params: SHIPPED } : {}) } as never)
    expect(answer.status).toBe(403)
  }
})
