/** `npm run bench canonical`: 50,000 random certificates of each form, and 5,000 documents of every other shape, against the reference library, byte for byte. */
import fc from 'fast-check'
import { sameForms, TEMPLATES } from './canonical-forms'
import { printTable } from './measure'

const DOCUMENTS: Record<string, number> = {
  'vaccination certificate': 50_000,
  'vaccination certificate, certifyV2': 50_000,
}

const rows: string[][] = []
for (const [name, template] of Object.entries(TEMPLATES)) {
  const start = performance.now()
  const { failed, numRuns, seed } = await fc.check(await sameForms(template), {
    numRuns: DOCUMENTS[name] ?? 5000,
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
