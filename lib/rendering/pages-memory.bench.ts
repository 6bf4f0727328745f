/** What the processes that set pages hold after 1,000, 5,000 and 10,000 different pages. */
import { readFileSync } from 'node:fs'
import { measuredPage } from '@/lib/testing/measured-page'
import { printTable } from '@/lib/testing/measure'
import { createPdfRenderer } from './pdf'

const LOOKS = [100, 1000, 2500, 5000, 7500, 10_000]
const AT_ONCE = 4

const renderer = createPdfRenderer()
const seen = new Set<number>()
const rows: string[][] = []
let pages = 0
let highest = 0
for (const until of LOOKS) {
  const began = performance.now()
  const from = pages
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (pages < until) {
        pages++
        await renderer.render(measuredPage())
        for (const pid of renderer.pids()) seen.add(pid)
        if (pages % 50 === 0) highest = Math.max(highest, ...renderer.pids().map(megabytes))
      }
    }),
  )
  const held = renderer.pids().map(megabytes)
  rows.push([
    until.toLocaleString('en'),
    held.map((one) => one.toFixed(0)).join(' + '),
    highest.toFixed(0),
    megabytes(process.pid).toFixed(0),
    String(seen.size),
    (((until - from) * 1000) / (performance.now() - began)).toFixed(0),
  ])
}
await renderer.close()
printTable(
  ['pages', 'MB of each process', 'the most so far', 'MB of their parent', 'processes so far', 'pages a second'],
  rows,
)

/** Resident memory of a process (Linux). */
function megabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000
}
