/** Advisory locks are numbers that all of a database share: two uses of one number would silently keep each other out. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('every advisory lock has a number of its own', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true }).map(String)
  const sources = files.filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
  const numbers = sources.flatMap((path) => {
    const text = readFileSync(join(import.meta.dirname, path), 'utf8')
    return [...text.matchAll(/^(?:export )?const \w*LOCK = ([\d_]+)$/gm)].map((match) =>
      Number(match[1]!.replaceAll('_', '')),
    )
  })
  expect(numbers.length).toBeGreaterThan(3)
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
})
