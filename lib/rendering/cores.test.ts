import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { coresForUs } from './cores'

test.each([
  ['100000 100000\n', 1],
  ['50000 100000', 1],
  ['150000 100000', Math.min(2, availableParallelism())],
  ['99900000 100000', availableParallelism()],
  ['max 100000\n', availableParallelism()],
  ['-1 100000', availableParallelism()],
  [null, availableParallelism()],
])('a container that is given %j runs on %d cores', (limit, cores) => {
  expect(coresForUs(limit)).toBe(cores)
})
