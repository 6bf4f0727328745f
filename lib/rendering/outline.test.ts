import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filled } from '@/lib/testing/filled-path'
import { outline } from './outline'

const grids = fc
  .integer({ min: 1, max: 12 })
  .chain((side) =>
    fc.array(fc.array(fc.boolean(), { minLength: side, maxLength: side }), { minLength: side, maxLength: side }),
  )

test('whatever is dark is inside, by either rule of filling, and nothing else is', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: 0, max: 4 }), (grid, shift) => {
      const side = grid.length + 2 * shift
      const painted = filled(outline(grid, shift), side)
      const within = painted.slice(shift, side - shift).map((row) => row.slice(shift, side - shift))
      expect(within).toEqual(grid)
      expect(painted.flat().filter(Boolean)).toHaveLength(grid.flat().filter(Boolean).length)
    }),
    { numRuns: 500 },
  )
})

test('an area with a hole is two borders, and cells that touch at a corner are two areas', () => {
  const ring = [
    [true, true, true],
    [true, false, true],
    [true, true, true],
  ]
  expect(outline(ring, 0)).toBe('M0 0h3v3h-3zM1 2h1v-1h-1z')
  expect(
    outline(
      [
        [true, false],
        [false, true],
      ],
      4,
    ),
  ).toBe('M4 4h1v1h-1zM5 5h1v1h-1z')
})

test('nothing dark is an empty path', () => {
  expect(outline([[false]], 4)).toBe('')
})
