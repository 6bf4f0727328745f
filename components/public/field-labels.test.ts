/** Labels of fields on public pages. */
import { expect, test } from 'vitest'
import { fieldsOf } from '@/lib/certificate-types/type'
import { VACCINATION } from '@/lib/testing/vaccination'
import { fieldLabel } from './field-labels'

test('every field of a certificate has an Arabic label of its own', () => {
  const labels = fieldsOf(VACCINATION).map((field) => fieldLabel(field, 'ar'))
  expect(labels.filter((label) => !/^[\p{Script_Extensions=Arabic}\s\d]+$/u.test(label))).toEqual([])
  expect(new Set(labels).size).toBe(labels.length)
})
