import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { base64Of, textOf } from './base64'
import { changed, type Change } from './change'
import { firstPlaces, proposedPlaces } from './change-credential'
import { differences, newlyRequired } from './compare'
import { declaredIn, fieldsIn, type Draft, type DraftType, type Json } from './draft'
import { proposedPath, proposedSection } from './names-of-fields'

const folder = join(import.meta.dirname, 'VaccinationCertificate')
const shipped: Draft = {
  document: readFileSync(join(folder, 'type.json'), 'utf8'),
  files: Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name !== 'type.json')
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  ),
}

const of = (draft: Draft): DraftType => declaredIn(draft)!
const words = (draft: Draft, name: string) => (JSON.parse(textOf(draft.files[name]!)) as Json)['@context'] as Json
const after = (...changes: Change[]) =>
  changes.reduce((draft, change) => changed(draft, change, { vocabulary: 1 }), shipped)

const parentName = (type: DraftType = of(shipped)): Change => ({
  do: 'addField',
  section: 'recipient',
  field: { path: 'recipient.parentName', kind: 'text', label: 'Parent name', required: true, printed: true },
  after: 'recipient.name',
  places: proposedPlaces(type, 'recipient.parentName'),
  verified: true,
})

describe('adding the field "Parent name"', () => {
  const draft = after(parentName())
  const type = of(draft)

  test('puts it where it was asked for, and into every credential, beside the other values of the person', () => {
    expect(
      fieldsIn(type)
        .map(({ path }) => path)
        .slice(0, 2),
    ).toEqual(['recipient.name', 'recipient.parentName'])
    expect(firstPlaces(type, 'recipient.parentName')).toEqual({
      certifyV3: 'credentialSubject.parentName',
      certifyV2: 'credentialSubject.parentName',
      credential2: 'credentialSubject.parentName',
    })
  })

  test('gives it a meaning in every context, under the next number where words have numbers', () => {
    for (const name of ['context.json', 'context-v1.json']) {
      const person = (words(draft, name).Person as Json)['@context'] as Json
      expect(person.parentName).toBe('vac:parentName')
    }
    expect(type.vocabulary).toEqual({ version: 2, context: 'context-2-v2.json' })
    expect(words(draft, 'context-2-v2.json').parentName).toBe('{vocabulary}#parentName')
    expect(draft.files).not.toHaveProperty('context-2-v1.json')
  })

  test('shows it to verifiers, and its label there follows', () => {
    expect(type.verify).toContainEqual({ label: 'Parent name', at: 'credentialSubject.parentName' })
    const labels = { hi: 'माता या पिता का नाम' }
    const renamed = changed(
      draft,
      { do: 'changeField', path: 'recipient.parentName', values: { labels } },
      { vocabulary: 1 },
    )
    expect(of(renamed).verify).toEqual([{ label: 'Parent name', labels, at: 'credentialSubject.parentName' }])
  })

  test('leaves everything else as it was, in its order', () => {
    const said = differences(shipped, draft)
    expect(said.map(({ part, kind, subject }) => `${part} ${kind} ${subject}`)).toEqual([
      'type changed ',
      'fields added Parent name',
      ...Array(3).fill('credential added credentialSubject.parentName'),
      'verify added Parent name',
      'csv added parentName',
      'files removed context-2-v1.json',
      'files added context-2-v2.json',
      'files changed context-v1.json',
      'files changed context.json',
    ])
    expect(newlyRequired(shipped, draft)).toEqual(['Parent name'])
    expect(Object.keys(type)).toEqual(expect.arrayContaining(Object.keys(of(shipped))))
    expect(Object.keys(type).slice(0, 4)).toEqual(Object.keys(of(shipped)).slice(0, 4))
  })

  test('gives it a column in CSV files', () => {
    expect((type.csv as Json[]).at(-1)).toEqual({ column: 'parentName', path: 'recipient.parentName' })
  })

  test('a second field of the same draft takes the same number', () => {
    const places = proposedPlaces(type, 'recipient.school')
    const field = { path: 'recipient.school', kind: 'date', label: 'School' }
    const twice = changed(
      draft,
      { do: 'addField', section: 'recipient', field, places, verified: false },
      { vocabulary: 1 },
    )
    expect(of(twice).vocabulary).toEqual({ version: 2, context: 'context-2-v2.json' })
    expect(words(twice, 'context-2-v2.json').school).toEqual({
      '@id': '{vocabulary}#school',
      '@type': 'http://www.w3.org/2001/XMLSchema#date',
    })
  })

  test('taken away again nothing speaks of it; its words stay', () => {
    const gone = changed(draft, { do: 'dropField', path: 'recipient.parentName' }, { vocabulary: 1 })
    expect(JSON.stringify(of(gone))).not.toContain('parentName')
    expect(words(gone, 'context-2-v2.json')).toHaveProperty('parentName')
  })
})

describe('places', () => {
  test('are proposed where the nearest fields stand', () => {
    const type = of(shipped)
    expect(proposedPlaces(type, 'vaccination.site').certifyV3).toBe('evidence.site')
    expect(proposedPlaces(type, 'facility.code').certifyV3).toBe('evidence.facility.code')
    expect(proposedPlaces(type, 'facility.address.ward').credential2).toBe(
      'credentialSubject.vaccination.facility.address.ward',
    )
    expect(proposedPlaces(type, 'school.name').certifyV3).toBe('credentialSubject.name2')
  })

  test('get words where JSON-LD looks for them', () => {
    const field = { path: 'facility.address.ward', kind: 'text', label: 'Ward' }
    const draft = after({
      do: 'addField',
      section: 'facility',
      field,
      places: proposedPlaces(of(shipped), field.path),
      verified: false,
    })
    const vaccination = (words(draft, 'context.json').Vaccination as Json)['@context'] as Json
    const facility = (vaccination.facility as Json)['@context'] as Json
    expect(((facility.address as Json)['@context'] as Json).ward).toBe('vac:ward')
  })

  test('a field that is moved in the credential leaves its old place', () => {
    const places = { ...firstPlaces(of(shipped), 'vaccination.batch'), certifyV3: 'evidence.lot' }
    const draft = after({ do: 'placeField', path: 'vaccination.batch', places })
    expect(firstPlaces(of(draft), 'vaccination.batch')).toEqual(places)
    expect(differences(shipped, draft).filter(({ part }) => part === 'credential')).toHaveLength(2)
  })
})

test('other languages, a vaccine with its code, and another logo are one change each', () => {
  const rows = [...of(shipped).codeLists.vaccines!, { match: 'qdenga', label: 'Qdenga', code: 'XM5DF6' }]
  const content = base64Of('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const draft = after(
    { do: 'set', member: 'alsoIn', value: 'hi' },
    { do: 'changeField', path: 'recipient.name', values: { labels: { hi: 'पूरा नाम' } } },
    { do: 'setList', list: 'vaccines', rows },
    { do: 'setLogo', file: { name: 'ministry.svg', content } },
  )
  expect(differences(shipped, draft)).toEqual([
    {
      part: 'type',
      kind: 'changed',
      subject: '',
      property: 'page',
      from: 'template: certificate.typ',
      to: 'template: certificate.typ, logo: ministry.svg',
    },
    { part: 'type', kind: 'added', subject: '', property: 'alsoIn', to: 'hi' },
    { part: 'fields', kind: 'added', subject: 'Full name', property: 'labels', to: 'hi: पूरा नाम' },
    { part: 'lists', kind: 'added', subject: 'vaccines', to: 'match: qdenga, label: Qdenga, code: XM5DF6' },
    { part: 'files', kind: 'added', subject: 'ministry.svg' },
  ])
  expect(of(changed(draft, { do: 'setLogo', file: null }, { vocabulary: 1 })).page).toEqual({
    template: 'certificate.typ',
  })
})

test('sections and fields move, and go with all that speaks of them', () => {
  const draft = after(
    { do: 'moveSection', id: 'facility', by: -1 },
    { do: 'moveField', path: 'recipient.dob', by: -1 },
    { do: 'dropSection', id: 'vaccinator' },
    { do: 'dropField', path: 'vaccination.effectiveUntil' },
  )
  const type = of(draft)
  expect(type.sections.map(({ id }) => id)).toEqual(['recipient', 'vaccination', 'facility'])
  expect(fieldsIn(type)[0]!.path).toBe('recipient.dob')
  expect(JSON.stringify(type)).not.toMatch(/vaccinator|effectiveUntil"/)
  expect(JSON.stringify(type.checks)).not.toContain('inOrder')
})

test('names are made of labels', () => {
  const type = of(shipped)
  expect(proposedPath(type, 'recipient', 'Parent’s name')).toBe('recipient.parentSName')
  expect(proposedPath(type, 'recipient', 'Prénom')).toBe('recipient.prenom')
  expect(proposedPath(type, 'recipient', 'Name')).toBe('recipient.name2')
  expect(proposedPath(type, 'recipient', 'Address')).toBe('recipient.address2')
  expect(proposedPath(type, 'recipient', 'पिता')).toBe('recipient.field')
  expect(proposedSection(type, '2nd facility')).toBe('ndFacility')
})

test('a draft without the shape of a type is not changed', () => {
  for (const document of [
    '{',
    '[]',
    '{"sections": {}}',
    '{"sections": [{"id": 1}]}',
    '{"sections": [], "codeLists": {"a": [1]}}',
  ]) {
    expect(declaredIn({ document, files: {} })).toBeNull()
    expect(() => changed({ document, files: {} }, { do: 'dropField', path: 'a' }, { vocabulary: 0 })).toThrow('shape')
  }
})
