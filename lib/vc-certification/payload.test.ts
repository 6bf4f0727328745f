import { expect, test } from 'vitest'
import professional from '@/lib/certificate-types/HealthProfessional/type.json'
import { declaration } from '@/lib/certificate-types/declaration'
import { flattened } from '@/lib/certificate-types/flat'
import { entityExample } from '@/lib/api/examples'
import { VACCINATION } from '@/lib/testing/vaccination'
import { codeOf, pointerInPayload, readPayload } from './payload'

const TYPE = declaration.parse(professional)
const OWN = { issuer: 'https://health.example', issuanceDate: '2021-10-17T13:10:00Z' }

test('the published payload becomes an item with its fields in their sections, and back', () => {
  const { item, certificateId } = readPayload(entityExample, TYPE, 'UTC', true)
  expect(certificateId).toBe('614894628867')
  expect(Object.keys(item).sort()).toEqual(['professional', 'qualification', 'registration', 'validity'])
  expect(item.registration).toMatchObject({ registrationId: '12345-8', issuer: 'http://www.india.gov.in' })
  const { certificateId: _id, issuanceDate: _at, ...rest } = entityExample
  expect(flattened({ ...item, reason: { cause: 'ours' } }, TYPE)).toEqual(rest)
  expect(codeOf(item, TYPE)).toBe('12345-8')
})

test('sections that nothing was said of stay away, and required ones are there to be complained of', () => {
  const { item } = readPayload({ ...OWN, name: 'Neha' }, TYPE, 'UTC', false)
  expect(item).toEqual({ professional: { name: 'Neha' }, registration: { issuer: OWN.issuer } })
})

test('a type without sections at the top takes the item as /v3 does, without what is said of the credential', () => {
  const sent = { preEnrollmentCode: '1', recipient: { name: 'A' }, ...OWN, validFrom: '2020-01-01', certificateId: '' }
  const { item, certificateId } = readPayload(sent, VACCINATION, 'UTC', false)
  expect({ item, certificateId }).toEqual({
    item: { preEnrollmentCode: '1', recipient: { name: 'A' } },
    certificateId: null,
  })
  expect(pointerInPayload('/recipient/name', item, VACCINATION)).toBe('/recipient/name')
  expect(pointerInPayload('/preEnrollmentCode', {}, VACCINATION)).toBe('/preEnrollmentCode')
})

test('names of every object do no harm', () => {
  const sent = JSON.parse(JSON.stringify(OWN).replace('{', '{"__proto__": {"name": "x"}, "constructor": 1, '))
  const { item } = readPayload(sent, TYPE, 'UTC', false)
  expect(item.professional).toEqual({})
  expect(Object.getPrototypeOf(item)).toBe(Object.prototype)
  expect(Object.keys(item)).toContain('__proto__')
  expect(({} as { name?: string }).name).toBeUndefined()
})
