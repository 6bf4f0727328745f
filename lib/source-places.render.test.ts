import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundleEntry, root } from '@/lib/start/bundle.mjs'
import { traceOf } from './log'
import { withSourcePlace } from './source-places'

const entry = join(root, '.build', `thrown-${process.pid}.ts`)
const program = entry.replace('.ts', '.mjs')
const withNone = entry.replace('.ts', '-none.mjs')
afterAll(() => [entry, program, `${program}.map`, `${withNone}.map`].forEach((file) => rmSync(file, { force: true })))

test('a bundle as the product runs it names the line of the source in which an error happened', async () => {
  const lines = [
    'import { traceOf } from "@/lib/log"',
    'type OnlyInTheSource = string',
    '',
    'function breaks(value: OnlyInTheSource): never {',
    '  throw new Error(value)',
    '}',
    'try { breaks("x") } catch (error) { console.log(JSON.stringify(traceOf(error).frames)) }',
  ]
  writeFileSync(entry, lines.join('\n'))
  await bundleEntry(entry, program)
  const frames = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as string[]
  expect(frames[0]).toBe(`at breaks (${entry}:5:9)`)
  expect(frames[1]).toContain(`${entry}:7:`)
})

test('a place that no map knows stays as it was said', () => {
  const here = import.meta.filename
  expect(readFileSync(here, 'utf8')).not.toBe('')
  for (const frame of [
    `at fn (${here}:3:4)`,
    `at ${here}:3:4`,
    'at node:internal/process:1:2',
    'at async Promise.all (index 0)',
  ])
    expect(withSourcePlace(frame)).toBe(frame)
})

test('a map that is half written, and an address that is no file, never get in the way of the error that is told of', () => {
  const error = new Error('told of')
  for (const [place, map] of [
    [program, '{"version":3,"sour'],
    [withNone, 'null'],
    ['file://elsewhere/program.mjs', null],
  ] as const) {
    if (map !== null) writeFileSync(`${place}.map`, map)
    error.stack = `Error: told of\n    at breaks (${place}:1:2)`
    const told = { name: 'Error', frames: [`at breaks (${place}:1:2)`] }
    expect([traceOf(error), traceOf(error)]).toEqual([told, told])
  }
})
