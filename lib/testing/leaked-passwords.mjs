/**
 * Writes lib/people/leaked-passwords.json from a list of passwords that became known in breaches, one a line: what is left
 * of each long enough one is the beginning of its hash. Usage: node lib/testing/leaked-passwords.mjs list.txt
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** As in lib/people/password-rules.ts: shorter ones are refused anyway. */
const SHORTEST = 12

const lines = readFileSync(process.argv[2], 'utf8').split(/\r?\n/)
const known = lines
  .map((line) => line.normalize('NFKC').toLowerCase())
  .filter((line) => Array.from(line).length >= SHORTEST)
const marks = new Set(known.map((line) => createHash('sha256').update(line).digest().readUInt32BE(0)))
const bytes = Buffer.alloc(marks.size * 4)
Array.from(marks)
  .sort((a, b) => a - b)
  .forEach((mark, n) => bytes.writeUInt32BE(mark, n * 4))
const file = new URL('../people/leaked-passwords.json', import.meta.url)
writeFileSync(file, `${JSON.stringify({ marks: bytes.toString('base64') })}\n`)
console.log(`${marks.size} passwords of ${SHORTEST} characters or more`)
