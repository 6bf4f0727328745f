import { describe, expect, test } from 'vitest'
import { acceptedLanguage, languageOf } from './language'

describe('the language of a public page', () => {
  test.each([
    ['ar', 'ar'],
    ['ar-EG, en;q=0.8', 'ar'],
    ['en;q=0.5, ar;q=0.9', 'ar'],
    ['fr, de', 'en'],
    ['fr, ar;q=0', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('Accept-Language %j means %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language)
  })

  test('a cookie names one of ours or counts for nothing', () => {
    expect(languageOf('ar')).toBe('ar')
    expect(languageOf('constructor')).toBeNull()
    expect(languageOf('')).toBeNull()
  })
})
