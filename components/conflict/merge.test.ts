/** Two corrections of one certificate put together: nothing is lost, nothing is invented, and who is asked does not matter. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { put, storedValue, valuesOf, type FormValues } from '@/components/certificate-form/values'
import { fieldsOf } from '@/lib/certificate-types/type'
import { VACCINATION } from '@/lib/testing/vaccination'
import { valueAt } from '@/lib/certificates/record'
import { mergeCorrections } from './merge'
import { mergeLists } from './merge-lists'

const ZONE = 'Asia/Colombo'
const record = {
  recipient: {
    name: 'Sarasvathy T K',
    dob: '1957-01-30',
    nationality: 'Sri Lankan',
    identity: '571304456V',
    contact: ['tel:0771234567', 'mailto:a@example.org'],
    address: { addressLine1: '1', district: 'Colombo', state: 'Western', pincode: '10600' },
  },
  vaccination: {
    name: 'Covishield',
    manufacturer: 'Serum Institute of India',
    batch: '4121MCO41',
    date: '2021-10-17T07:40:12.345Z',
    effectiveStart: '2021-10-31',
    effectiveUntil: '2030-10-31',
    dose: 1,
    totalDoses: 2,
  },
  facility: { name: 'MOH Gothatuwa' },
}
const base = valuesOf(record, VACCINATION, ZONE)
const merged = (yours: FormValues, theirs: FormValues, from = base) =>
  mergeCorrections({ base: from, yours, theirs }, VACCINATION, ZONE)

/** The base with some fields edited. */
function edited(changes: Record<string, unknown>, from = base): FormValues {
  const values = structuredClone(from)
  for (const [path, value] of Object.entries(changes)) put(values.record, path, structuredClone(value))
  return values
}

const plain = fieldsOf(VACCINATION).filter(({ kind, group }) => kind !== 'contacts' && group === undefined)
const text = fc.oneof(fc.constantFrom('', 'a', 'b', '1957-1-30', ' Sarasvathy T K '), fc.string({ maxLength: 6 }))
const changes = fc.dictionary(
  fc.constantFrom(
    ...fieldsOf(VACCINATION)
      .filter(({ kind }) => kind !== 'contacts')
      .map(({ path }) => path),
  ),
  text,
  {
    maxKeys: 6,
  },
)
const contacts: fc.Arbitrary<string[]> = fc.uniqueArray(
  fc.constantFrom('tel:1', 'tel:2', 'tel:3', 'mailto:x', 'mailto:y'),
  { maxLength: 4 },
)
const form = fc
  .tuple(changes, fc.option(contacts, { nil: undefined }))
  .map(([fields, list]) => edited(list ? { ...fields, 'recipient.contact': list.length > 0 ? list : [''] } : fields))

const asked = ({ overlaps }: { overlaps: { field: { path: string } }[] }) => overlaps.map(({ field }) => field.path)

describe('two corrections', () => {
  test('where the other changed nothing, mine is what comes out', () => {
    fc.assert(
      fc.property(form, (yours) => {
        const { values, overlaps } = merged(yours, base)
        expect(overlaps).toEqual([])
        expect(asked(merged(values, yours))).toEqual([])
        expect(merged(values, yours).settled.every(({ from }) => from === 'both')).toBe(true)
      }),
    )
  })

  test('where I changed nothing, theirs is what comes out, to the letter', () => {
    fc.assert(
      fc.property(form, (theirs) => {
        const { values, overlaps } = merged(base, theirs)
        expect(overlaps).toEqual([])
        expect(values.record).toEqual(theirs.record)
      }),
    )
  })

  test('it does not matter who is asked: the same questions, and the same result but for them', () => {
    fc.assert(
      fc.property(form, form, (one, other) => {
        const [a, b] = [merged(one, other), merged(other, one)]
        expect(asked(a)).toEqual(asked(b))
        const open = new Set(asked(a))
        for (const field of fieldsOf(VACCINATION)) {
          const sent = ({ values }: typeof a) => storedValue(field, valueAt(values.record, field.path), ZONE)
          if (!open.has(field.path)) expect(sent(a), field.path).toEqual(sent(b))
        }
      }),
    )
  })

  test('of different fields both survive', () => {
    const disjoint = fc.shuffledSubarray(plain, { minLength: 2, maxLength: 8 }).chain((fields) => {
      const half = Math.ceil(fields.length / 2)
      const values = fields.map(({ path }) => fc.tuple(fc.constant(path), fc.constantFrom('x1', 'x2', 'x3')))
      return fc.tuple(fc.tuple(...values.slice(0, half)), fc.tuple(...values.slice(half)))
    })
    fc.assert(
      fc.property(disjoint, ([mine, theirs]) => {
        const { values, overlaps } = merged(edited(Object.fromEntries(mine)), edited(Object.fromEntries(theirs)))
        expect(overlaps).toEqual([])
        expect(values.record).toEqual(edited(Object.fromEntries([...mine, ...theirs])).record)
      }),
    )
  })

  test('of one field ask, unless they are the same change', () => {
    const { overlaps, values } = merged(
      edited({ 'recipient.name': 'Saraswathy' }),
      edited({ 'recipient.name': 'Sarah' }),
    )
    expect(overlaps).toMatchObject([{ base: 'Sarasvathy T K', yours: 'Saraswathy', theirs: 'Sarah' }])
    expect(valueAt(values.record, 'recipient.name')).toBe('Sarah')
    const twice = merged(edited({ 'recipient.name': 'Sarah ' }), edited({ 'recipient.name': 'Sarah' }))
    expect(twice).toMatchObject({ overlaps: [], settled: [{ from: 'both' }] })
  })

  test('a value that is only written differently is no change', () => {
    const { settled, values } = merged(
      edited({ 'recipient.dob': '1957-1-30' }),
      edited({ 'recipient.dob': '1957-02-01' }),
    )
    expect(settled).toMatchObject([{ from: 'theirs' }])
    expect(valueAt(values.record, 'recipient.dob')).toBe('1957-02-01')
  })

  test('what is not valid yet is merged as it stands', () => {
    const { values } = merged(edited({ 'recipient.dob': '1957-13-' }), edited({ 'vaccination.batch': 'X' }))
    expect(valueAt(values.record, 'recipient.dob')).toBe('1957-13-')
    expect(valueAt(values.record, 'vaccination.batch')).toBe('X')
  })

  test('the reason is mine', () => {
    const yours = { ...base, reason: { requestedBy: 'holder' as const, cause: '' as const, note: 'n' } }
    expect(merged(yours, base).values.reason).toEqual(yours.reason)
  })

  test('an address that one removed and the other changed is asked about as a whole, never mixed', () => {
    const gone = edited(
      Object.fromEntries(
        ['addressLine1', 'district', 'state', 'pincode'].map((key) => [`recipient.address.${key}`, '']),
      ),
    )
    const moved = edited({ 'recipient.address.district': 'Galle', 'recipient.address.pincode': '80000' })
    expect(asked(merged(gone, moved))).toEqual(
      ['addressLine1', 'district', 'state', 'pincode'].map((key) => `recipient.address.${key}`),
    )
    const both = merged(
      edited({ 'recipient.address.district': 'Galle' }),
      edited({ 'recipient.address.pincode': '80000' }),
    )
    expect(both.overlaps).toEqual([])
  })
})

describe('two changed lists of contacts', () => {
  test.each([
    ['one puts a number right, the other adds one', ['a', 'b'], ['A', 'b'], ['a', 'b', 'c'], ['A', 'b', 'c']],
    ['each puts another one right', ['a', 'b'], ['A', 'b'], ['a', 'B'], ['A', 'B']],
    ['one removes what the other keeps', ['a', 'b'], ['a'], ['a', 'b', 'c'], null],
    [
      'one removes the first, the other adds at the end',
      ['a', 'b', 'c'],
      ['b', 'c'],
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ],
    ['both put the same one right in different ways', ['a'], ['A'], ['B'], null],
    ['both add', ['a'], ['a', 'b'], ['a', 'c'], null],
    ['both add the same', ['a'], ['a', 'b'], ['a', 'b'], ['a', 'b']],
    ['one changes the order, the other an entry', ['a', 'b'], ['b', 'a'], ['a', 'c'], null],
  ])('%s', (_what, from, yours, theirs, expected) => {
    expect(mergeLists(from, yours, theirs)).toEqual(expected)
    expect(mergeLists(from, theirs, yours)).toEqual(expected)
  })

  test('are symmetric, keep what nobody touched, and hold nothing that nobody wrote', () => {
    fc.assert(
      fc.property(contacts, contacts, contacts, (from, yours, theirs) => {
        const list = mergeLists(from, yours, theirs)
        expect(mergeLists(from, theirs, yours)).toEqual(list)
        expect(mergeLists(from, from, theirs)).toEqual(theirs)
        expect(mergeLists(from, yours, from)).toEqual(yours)
        if (list === null) return
        expect(list.every((one) => yours.includes(one) || theirs.includes(one))).toBe(true)
        for (const one of from) if (yours.includes(one) && theirs.includes(one)) expect(list).toContain(one)
        for (const one of [...yours, ...theirs]) if (!from.includes(one)) expect(list).toContain(one)
        for (const one of from) if (!yours.includes(one) || !theirs.includes(one)) expect(list).not.toContain(one)
      }),
    )
  })
})
