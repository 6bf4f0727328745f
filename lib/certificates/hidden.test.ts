import { describe, expect, test } from 'vitest'
import { hiddenShown, isHidden, markerOf, tagOf, withRevealed } from './hidden'

const TAG = 'abcdefghijklmnopqrstuv'

describe('what stands in the place of a hidden value', () => {
  test.each([
    ['872550100V', '••••\u2009100V'],
    ['tel:+94771234501', '••••\u20094501'],
    ['mailto:saraswathy@example.org', '••••'],
    ['12345', '••••'],
    ['12345678', '••••'],
    ['123456789', '••••\u20096789'],
    ['did:in.gov.uidai.aadhaar:11112222334', '••••\u20092334'],
    ['கணபதி சுப்பிரமணியம்', '••••'],
    ['', '••••'],
  ])('%s is shown as %s', (value, shown) => {
    const marker = markerOf(value, TAG)
    expect(isHidden(marker)).toBe(true)
    expect(tagOf(marker)).toBe(TAG)
    expect(hiddenShown(marker)).toBe(shown)
  })

  test('how long a value is cannot be told', () => {
    const lengths = ['123456789', '9'.repeat(290) + '6789'].map((value) => markerOf(value, TAG).length)
    expect(new Set(lengths).size).toBe(1)
    expect(new Set(['1', '12345678'].map((value) => markerOf(value, TAG).length)).size).toBe(1)
  })

  test('what only claims to be a marker has no tag, and is never taken for a value', () => {
    for (const claim of [
      'errata-hidden:',
      `errata-hidden:${TAG}`,
      `x errata-hidden:${TAG}:`,
      `errata-hidden:${TAG}:12`,
    ]) {
      expect(isHidden(claim)).toBe(true)
      expect(tagOf(claim)).toBeNull()
    }
    expect(isHidden('872550100V')).toBe(false)
  })

  test('markers in a list become values where they are known', () => {
    const [one, other] = [markerOf('tel:0771234501', TAG), markerOf('mailto:a@b.lk', 'z'.repeat(22))]
    expect(withRevealed(`${one}, ${other}`, new Map([[one, 'tel:0771234501']]))).toBe(`tel:0771234501, ${other}`)
    expect(hiddenShown(`${one}, ${other}`)).toBe('••••\u20094501, ••••')
  })
})
