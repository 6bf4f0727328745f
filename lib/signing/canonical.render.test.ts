/** Compiled canonical forms against the reference library's, byte for byte, on thousands of random documents. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameForms, SHAPES, type Shape } from '@/lib/testing/canonical-forms'
import type { Rules } from './canonical'
import { escapeLiteral } from './nquads'
import { RULES } from './rules'

const vaccination = SHAPES['VaccinationCertificate, certifyV3']!
/** Of the shape that nearly every certificate has more than of the others; 5,000 and some in all. */
const runsOf = (shape: Shape) => (shape === vaccination ? 1500 : 350)

test.each(Object.entries(SHAPES))(
  '%s: the compiled form is the form of the reference library',
  { timeout: 600_000 },
  async (_name, shape) => {
    await fc.assert(await sameForms(shape), { numRuns: runsOf(shape) })
  },
)

test('at least 5,000 documents are compared', () => {
  expect(Object.values(SHAPES).reduce((sum, shape) => sum + runsOf(shape), 0)).toBeGreaterThanOrEqual(5000)
})

describe('the comparison notices', () => {
  const codePoints = (a: string, b: string) => {
    const [left, right] = [[...a], [...b]].map((text) => text.map((character) => character.codePointAt(0)!)) as [
      number[],
      number[],
    ]
    const differs = left.findIndex((value, index) => value !== right[index])
    return differs < 0 ? left.length - right.length : left[differs]! - (right[differs] ?? -1)
  }
  const defects: [string, Partial<Rules>][] = [
    ['repeated statements', { isSame: () => false }],
    ['statements in no order', { isBefore: () => false }],
    ['statements in the order of a dictionary', { isBefore: (one, other) => one.localeCompare(other) < 0 }],
    ['statements in the order of code points', { isBefore: (one, other) => codePoints(one, other) < 0 }],
    ['a line break that is not escaped', { escape: (value) => escapeLiteral(value).replaceAll('\\n', '\n') }],
    ['a tab that is not escaped', { escape: (value) => escapeLiteral(value).replaceAll('\\t', '\t') }],
    ['a backslash that is not escaped', { escape: (value) => escapeLiteral(value).replaceAll('\\\\', '\\') }],
    [
      'a delete character that is not escaped',
      { escape: (value) => escapeLiteral(value).replaceAll('\\u007F', '\x7f') },
    ],
    [
      'small hexadecimal digits',
      { escape: (value) => escapeLiteral(value).replace(/\\u00../g, (u) => u.toLowerCase()) },
    ],
    ['normalised characters', { escape: (value) => escapeLiteral(value.normalize('NFC')) }],
    ['empty values taken for absent', { isSame: (one, other) => one === other || one.includes(' "" ') }],
  ]
  test.each(defects)('%s', { timeout: 120_000 }, async (_defect, rules) => {
    const property = await sameForms(vaccination, { ...RULES, ...rules })
    const { errorInstance } = await fc.check(property, { numRuns: 5000, endOnFailure: true })
    expect(errorInstance).toMatchObject({ message: expect.stringMatching(/^The forms differ/) })
  })
})
