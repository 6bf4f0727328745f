/** Which second language stands beside the words of a page. */
import { expect, test } from 'vitest'
import { secondOf } from './second-language'

const labels = { hi: 'पूरा नाम', 'zh-Hans': '全名', ar: 'الاسم الكامل' }

test.each<[string, string[], string | undefined, string | null]>([
  ['the first of the reader’s languages that the type has', ['en-IN', 'hi-IN', 'ar'], undefined, 'hi'],
  ['with its script, whatever the case', ['ZH-hans'], undefined, 'zh-Hans'],
  ['the second language of the type for everybody else', ['en-GB'], 'hi', 'hi'],
  ['the reader’s before the type’s', ['ar-EG'], 'hi', 'ar'],
  ['none where nobody asks for one', ['en-GB', 'fr'], undefined, null],
])('%s', (_what, reader, alsoIn, language) => {
  expect(secondOf(labels, reader, 'Full name', alsoIn)?.language ?? null).toBe(language)
})

test('the words of the page are not said twice', () => {
  expect(secondOf(labels, ['ar'], labels.ar)).toBeNull()
  expect(secondOf(undefined, ['ar'], 'Full name', 'hi')).toBeNull()
})
