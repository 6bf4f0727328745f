import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { put, valuesOf } from '@/components/certificate-form/values'
import { fieldsOf } from '@/lib/certificate-types/type'
import { VACCINATION } from '@/lib/testing/vaccination'
import { draftContent } from '@/lib/desk/answers'
import { draftContentOf, isEmptyDraft, withDraft } from './draft-content'

const record = {
  recipient: { name: 'Sam', dob: '1990-09-14', nationality: 'India', identity: '1', contact: ['tel:0711'] },
  vaccination: { name: 'covaxin', date: '2021-07-12T19:21:19.646Z', dose: 1, totalDoses: 2 },
  facility: { name: 'ABCD' },
}
const initial = valuesOf(record, VACCINATION, 'Asia/Colombo')
const open = fieldsOf(VACCINATION).filter(({ locked }) => locked === undefined)

describe('a draft of the form', () => {
  test('holds what was typed and nothing else, and gives the form back as it was', () => {
    const edits = fc.dictionary(
      fc.constantFrom(...open.map(({ path }) => path)),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', '\u0000', '\ud800', 'ව\u0dd2ක්‍ර')),
    )
    fc.assert(
      fc.property(edits, fc.string({ maxLength: 20 }), (typed, note) => {
        const values = structuredClone(initial)
        values.reason.note = note
        for (const { path, kind } of open) {
          if (Object.hasOwn(typed, path)) put(values.record, path, kind === 'contacts' ? [typed[path]] : typed[path])
        }
        const content = draftContentOf(VACCINATION, values, initial)
        expect(Object.keys(content.fields).every((path) => Object.hasOwn(typed, path))).toBe(true)
        expect(draftContent.parse(JSON.parse(JSON.stringify(content)))).toEqual(content)
        expect(withDraft(VACCINATION, initial, content)).toEqual(values)
      }),
      { numRuns: 40 },
    )
  })

  test('of an untouched form is empty', () => {
    const content = draftContentOf(VACCINATION, structuredClone(initial), initial)
    expect(content.fields).toEqual({})
    expect(isEmptyDraft(content)).toBe(true)
    const reasoned = {
      ...structuredClone(initial),
      reason: { requestedBy: 'holder' as const, cause: '' as const, note: '' },
    }
    expect(isEmptyDraft(draftContentOf(VACCINATION, reasoned, initial))).toBe(false)
  })

  test('that does not fit the form changes nothing of it: unknown fields, other kinds, locked fields', () => {
    const reason = { requestedBy: '', cause: '', note: '' }
    const fields = {
      'recipient.shoeSize': '9',
      'recipient.name': ['a', 'b'],
      'recipient.contact': 'tel:1',
      'vaccination.dose': '7',
      constructor: 'x',
    }
    expect(withDraft(VACCINATION, initial, { fields, reason })).toEqual(initial)
    expect(withDraft(VACCINATION, initial, { fields: { 'recipient.contact': [] }, reason }).record).toMatchObject({
      recipient: { contact: [''] },
    })
  })
})
