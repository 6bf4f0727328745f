/** The reference of certificate types (.github/certificate-types.md) leaves out no member, kind, function or setting. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { FORMATS } from '@/lib/certificate-types/pattern'
import { declaration } from '@/lib/certificate-types/declaration'
import { FUNCTIONS, SETTINGS2 } from './templates'

const guide = readFileSync('.github/certificate-types.md', 'utf8').replaceAll(/```[^]*?```/g, '')
/** Everything that stands in code, outside the example. */
const code = [...guide.matchAll(/`([^`]+)`/g)].map(([, text]) => text!).join('\n')
const isSaid = (word: string) => new RegExp(`(^|[^\\w])${word}([^\\w]|$)`, 'm').test(code)

function membersOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap(membersOf)
  const { properties = {}, enum: values = [], ...rest } = node as { properties?: object; enum?: unknown[] }
  return [
    ...Object.keys(properties),
    ...values.map(String),
    ...membersOf(Object.values(properties)),
    ...membersOf(Object.values(rest)),
  ]
}

test('every member and every value that a member can have', () => {
  const members = new Set(membersOf(z.toJSONSchema(declaration, { io: 'input', unrepresentable: 'any' })))
  expect(members.size).toBeGreaterThan(60)
  expect([...members].filter((member) => !isSaid(member))).toEqual([])
})

test('every function and setting of the mapping, and every format', () => {
  const all = [...Object.keys(FUNCTIONS), ...Object.values(FUNCTIONS).flatMap(Object.keys), ...SETTINGS2]
  expect([...all, ...Object.keys(FORMATS)].filter((word) => !isSaid(word))).toEqual([])
})

test('nothing that is said of the mapping is gone', () => {
  const said = [...guide.matchAll(/"derive": "(\w+)"/g)].map(([, name]) => name!)
  expect(said.filter((name) => !Object.hasOwn(FUNCTIONS, name))).toEqual([])
})
