/** What is said of two versions of a type, and when there is nothing to say. */
import { expect, test } from 'vitest'
import { differences, isSame } from './compare'
import type { Draft } from './draft'

const draft = (more: object, files: Draft['files'] = { 'a.typ': 'AA==', 'b.svg': 'AQ==' }): Draft => ({
  document: JSON.stringify({ name: 'A', version: 1, title: 'A', sections: [], codeLists: { a: [] }, ...more }),
  files,
})

test('the number of the version and the order of files are no difference', () => {
  expect(isSame(draft({}), draft({ version: 2 }, { 'b.svg': 'AQ==', 'a.typ': 'AA==' }))).toBe(true)
})

test.each([
  ['a member', draft({ updateLimit: 3 })],
  ['the order of a code list', draft({ codeLists: { a: [{ code: '2' }, { code: '1' }] } })],
  ['a file', draft({}, { 'a.typ': 'AA==', 'b.svg': 'AA==' })],
])('%s is one', (_, after) => {
  expect(isSame(draft({ codeLists: { a: [{ code: '1' }, { code: '2' }] } }), after)).toBe(false)
  expect(isSame(after, after)).toBe(true)
})

test('members of members are said in words', () => {
  const approval = { of: ['operator'], nameAndBirthDate: true, largeNameChange: false }
  expect(differences(draft({}), draft({ approval }))).toEqual([
    {
      part: 'type',
      kind: 'added',
      subject: '',
      property: 'approval',
      to: 'of: operator, name and birth date: yes, large name change: no',
    },
  ])
})
