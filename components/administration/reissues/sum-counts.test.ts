import { expect, test } from 'vitest'
import type { ReissueCounts } from '@/lib/reissues/answers'
import { sumOf } from './sum-counts'

const part = (more: Partial<ReissueCounts>): ReissueCounts => ({
  ...{
    type: 'T',
    version: 3,
    chosen: 0,
    skipped: [],
    versions: [],
    facilities: [],
    keyUnknown: 0,
    share: 1,
    next: null,
  },
  ...more,
})

test('the sum of all parts is the count, most first, with some of every version', () => {
  const facility = (code: string, count: number) => ({ code, name: code, count })
  const whole = sumOf([
    part({
      chosen: 3,
      keyUnknown: 1,
      skipped: [{ code: 'REVOKED', count: 1 }],
      versions: [{ version: 2, count: 3, some: ['b1', 'b2'] }],
      facilities: [facility('A', 2), facility('B', 1)],
    }),
    part({
      chosen: 4,
      skipped: [
        { code: 'SUSPENDED', count: 2 },
        { code: 'REVOKED', count: 2 },
      ],
      versions: [
        { version: 1, count: 1, some: null },
        { version: 2, count: 3, some: ['b3'] },
      ],
      facilities: [facility('B', 4)],
    }),
    part({ chosen: 1, versions: [{ version: 1, count: 1, some: ['a1'] }], facilities: [facility('A', 1)] }),
  ])
  expect(whole).toEqual({
    version: 3,
    chosen: 8,
    keyUnknown: 1,
    skipped: [
      { code: 'REVOKED', count: 3 },
      { code: 'SUSPENDED', count: 2 },
    ],
    versions: [
      { version: 1, count: 2, some: ['a1'] },
      { version: 2, count: 6, some: ['b1', 'b2'] },
    ].map((one, n) => ({ ...one, some: n === 0 ? null : one.some })),
    facilities: [facility('B', 5), facility('A', 3)],
    some: ['a1', 'b1', 'b2'],
  })
})

test('twenty facilities at most are shown', () => {
  const facilities = Array.from({ length: 30 }, (_, n) => ({ code: `F${n}`, name: 'F', count: n + 1 }))
  expect(sumOf([part({ facilities })]).facilities.map(({ count }) => count)).toEqual(
    Array.from({ length: 20 }, (_, n) => 30 - n),
  )
})
