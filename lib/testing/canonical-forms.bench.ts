/** `npm run bench canonical`: 50,000 random documents over all shapes of all shipped types against the reference library, byte for byte. */
import fc from 'fast-check'
import { sameForms, SHAPES } from './canonical-forms'
import { printTable } from './measure'

const DOCUMENTS = 50_000
const each = Math.ceil(DOCUMENTS / Object.keys(SHAPES).length)

const rows: string[][] = []
for (const [name, shape] of Object.entries(SHAPES)) {
  const start = performance.now()
  const { failed, numRuns, seed } = await fc.check(await sameForms(shape), {
    numRuns: each,
    endOnFailure: true,
  })
  rows.push([
    name,
    String(numRuns),
    failed ? 'DIFFERS' : 'same',
    String(seed),
    ((performance.now() - start) / 1000).toFixed(0),
  ])
  if (failed) process.exitCode = 1
}
printTable(['shape', 'documents', 'forms', 'seed', 'seconds'], rows)
