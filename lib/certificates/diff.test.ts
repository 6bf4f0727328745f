/** The differences that operators read before they replace a certificate. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { changesBetween, markChanges, similarity, type Segment } from './diff'

const marks = (segments: Segment[]) => segments.map((part) => (part.changed ? `[${part.text}]` : part.text)).join('')
const shown = (before: string, after: string) => {
  const marked = markChanges(before, after)
  return [marks(marked.before), marks(marked.after), marked.words]
}

describe('marking what changed inside a value', () => {
  test.each([
    ['Sarasvathy T K', 'Saraswathy T K', 'Saras[v]athy T K', 'Saras[w]athy T K', 'one letter replaced: v by w'],
    ['Khilarai', 'Khilari', 'Khilar[a]i', 'Khilari', 'letter removed: a'],
    ['4121MCO41', '4121MC041', '4121MC[O]41', '4121MC[0]41', 'letter O replaced by digit 0'],
    ['Saraswathy TK', 'Saraswathy T K', 'Saraswathy TK', 'Saraswathy T[ ]K', 'space added'],
    ['sunil Perera', 'Sunil Perera', '[s]unil Perera', '[S]unil Perera', 'small s replaced by capital S'],
    ['Nimal Silva', 'Nimal Perera', 'Nimal [Silva]', 'Nimal [Perera]', 'Silva replaced by Perera'],
    ['30 Jan 1957', '31 Jan 1957', '3[0] Jan 1957', '3[1] Jan 1957', 'one digit replaced: 0 by 1'],
    ['12', '1234', '12', '12[34]', 'digits added: 34'],
    ['Anna', 'Аnna', '[A]nna', '[А]nna', 'Latin letter A replaced by Cyrillic letter А'],
    [
      'José',
      'José'.normalize('NFD'),
      'Jos[é]',
      `Jos[${'é'.normalize('NFD')}]`,
      'looks the same, written with other characters',
    ],
    ['John Doe', 'Ruwini', '[John Doe]', '[Ruwini]', 'replaced as a whole'],
    ['', 'Colombo', '', '[Colombo]', 'added'],
    ['Colombo', '', '[Colombo]', '', 'removed'],
    ['Colombo', 'Colombo', 'Colombo', 'Colombo', ''],
  ])('%s -> %s', (before, after, was, is, words) => {
    expect(shown(before, after)).toEqual([was, is, words])
  })

  test('marks never cut a Sinhala syllable or an Arabic letter with its vowel sign in two', () => {
    expect(shown('පන්සල පාර', 'පන්සල පැර').slice(0, 2)).toEqual(['පන්සල [පා]ර', 'පන්සල [පැ]ර'])
    expect(shown('مُحمد', 'مَحمد').slice(0, 2)).toEqual(['[مُ]حمد', '[مَ]حمد'])
  })

  test('the pieces always add up to the two values, and equal values have no marks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (before, after) => {
          const marked = markChanges(before, after)
          const whole = (segments: Segment[]) => segments.map((part) => part.text).join('')
          expect(whole(marked.before)).toBe(before)
          expect(whole(marked.after)).toBe(after)
          const kept = (segments: Segment[]) =>
            segments
              .filter((part) => !part.changed)
              .map((part) => part.text)
              .join('')
          expect(kept(marked.before)).toBe(kept(marked.after))
          expect(marked.words === '').toBe(before === after)
        },
      ),
    )
  })

  test('a very long value is compared as a whole', () => {
    expect(marks(markChanges('a'.repeat(700), 'b'.repeat(700)).after)).toBe(`[${'b'.repeat(700)}]`)
  })
})

describe('fields that differ', () => {
  const record = {
    recipient: { name: 'Sam', contact: ['tel:1', 'mailto:a@b.lk'], identity: '1', address: { city: 'Kandy' } },
    vaccination: { dose: 1, totalDoses: 2 },
  }

  test('are listed in the order of the form, with absent values as null and lists joined', () => {
    const after = {
      recipient: { name: 'Sam', contact: ['tel:1'], identity: '1' },
      vaccination: { dose: 1, totalDoses: 3, batch: 'B1' },
    }
    expect(changesBetween(record, after, VACCINATION)).toEqual([
      { path: 'recipient.contact', label: 'Phone or e-mail', before: 'tel:1, mailto:a@b.lk', after: 'tel:1' },
      { path: 'recipient.address.city', label: 'City', before: 'Kandy', after: null },
      { path: 'vaccination.batch', label: 'Batch', before: null, after: 'B1' },
      { path: 'vaccination.totalDoses', label: 'Total doses', before: '2', after: '3' },
    ])
  })

  test('are none between a record and itself', () => {
    expect(changesBetween(record, structuredClone(record), VACCINATION)).toEqual([])
  })
})

describe('names that look like another person', () => {
  test.each([
    ['Sarasvathy T K', 'T K Saraswathy', true],
    ['SUNIL PERERA', 'Sunil  Perera', true],
    ['Khilarai', 'Khilari', true],
    ['Nimal Perera', 'Kamal Silva', false],
    ['පන්සල', 'මහරගම', false],
  ])('%s / %s', (one, other, alike) => {
    expect(similarity(one, other) >= 0.5).toBe(alike)
  })
})
