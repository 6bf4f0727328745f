/** Labels of fields on public pages. */
import { describe, expect, test } from 'vitest'
import { openDocument } from '@/lib/certificate-types/document'
import { shippedTypes } from '@/lib/certificate-types/seed'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { fieldLabel } from './field-labels'

const TYPES = shippedTypes().flatMap((found) =>
  'document' in found ? [openDocument(found.document, 'draft').type] : [],
)
const ARABIC = /^[\p{Script_Extensions=Arabic}\s\d]+$/u

describe.each(TYPES.map((type): [string, CertificateType] => [type.name, type]))('%s', (name, type) => {
  test('every field has an Arabic label of its own', () => {
    const labels = fieldsOf(type).map((field) => fieldLabel(field, 'ar'))
    expect(labels.filter((label) => !ARABIC.test(label))).toEqual([])
    expect(new Set(labels).size).toBe(labels.length)
  })

  test('so has the type itself', () => {
    expect(type.titles?.ar).toMatch(ARABIC)
  })

  // The holder's and the verifier's page have their own words for vaccinations.
  test.skipIf(name === 'VaccinationCertificate')('so have its sections and what verifiers see', () => {
    const words = [
      ...type.sections.map(({ titles }) => titles?.ar),
      ...(type.verify ?? []).map(({ labels }) => labels?.ar),
    ]
    expect(words.filter((word) => !ARABIC.test(word ?? ''))).toEqual([])
  })
})
