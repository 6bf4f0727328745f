import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { coresForUs, processesForUs } from './cores'

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

const GIB = 2 ** 30
test.each([
  [16, GIB, 1],
  [16, 1.5 * GIB, 2],
  [16, 4 * GIB, 10],
  [2, 64 * GIB, 2],
  [4, 2 ** 64, 4],
  [4, 0, 4],
  [1, GIB / 4, 1],
])('on %d cores with %d bytes of memory pages are set by %d processes', (cores, memory, processes) => {
  expect(processesForUs(cores, memory)).toBe(processes)
})
