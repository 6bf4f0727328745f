/** Values that a JSON Schema allows, as an arbitrary. Only what the schemas of our contract use is understood. */
import fc from 'fast-check'
import { HOSTILE_TEXTS, withMembers } from './junk'

export type Schema = Record<string, unknown>

/** Texts to choose from before the pattern of a schema has its say; an odd one among them is welcome where it fits. */
const TEXTS = [
  ...['x', 'A1', 'Saraswathy T K', 'ශ්‍රී ලංකා', 'O’Brien', '2026-05-12', '2026-05-12T10:30:00Z', '1', '1,2', 'true'],
  ...['2026-05-12T10:30:00+05:30', '7b1f6f0e-2f0c-4a57-9c0e-0d3a7e1c5b11', '5f0c1d2e3b4a59687766554433221100'],
  ...['"448086902061"', 'record.read', 'recipient.name', 'asha', '492039', 'tel:1691742639', 'wait=0', 'did:example:a'],
  ...HOSTILE_TEXTS,
]

const DAYS = ['1990-09-14', '1900-01-01', '2026-05-12', '2099-12-31', '2024-02-29']
const INSTANTS = ['2021-07-12T19:21:19.646Z', '2026-05-12T10:30:00Z', '2099-06-01T00:00:00Z', '1900-01-01T00:00:00Z']

/**
 * An arbitrary of what a schema allows. Where a member has the name of one of `pools`, often a mark of the pool stands in
 * its place; the caller puts something that exists there.
 */
export function fromSchema(
  schema: Schema,
  root: Schema,
  pools: ReadonlySet<string> = new Set(),
): fc.Arbitrary<unknown> {
  return valueOf(schema, root, pools, '', 0)
}

/** The mark of the n-th thing of a pool, replaced before sending. */
export const markOf = (pool: string, n: number): string => `‹${pool}·${n}›`

function valueOf(
  given: Schema,
  root: Schema,
  pools: ReadonlySet<string>,
  name: string,
  depth: number,
): fc.Arbitrary<unknown> {
  const schema = resolved(given, root)
  const inner = (one: Schema) => valueOf(one, root, pools, name, depth + 1)
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]))
  if (choices) return fc.oneof(...choices.map(inner))
  if (schema.allOf) return inner(Object.assign({}, ...(schema.allOf as Schema[]).map((one) => resolved(one, root))))
  const types = [schema.type].flat()
  if (types.length > 1) return fc.oneof(...types.map((type) => inner({ ...schema, type })))
  if (schema.type === 'string') return withPool(textOf(schema), name, pools)
  if (schema.type === 'integer' || schema.type === 'number') return numberOf(schema)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'array') {
    const {
      items = {},
      minItems = 0,
      maxItems = 3,
    } = schema as { items?: Schema; minItems?: number; maxItems?: number }
    return fc.array(inner(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) })
  }
  if (schema.type === 'object' || schema.properties) return objectOf(schema, root, pools, depth)
  return depth > 6 ? fc.constant('x') : fc.jsonValue({ maxDepth: 2 })
}

function objectOf(schema: Schema, root: Schema, pools: ReadonlySet<string>, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const members = properties.map(([key, child]) => [key, valueOf(child, root, pools, key, depth + 1)] as const)
  const known = fc.record(Object.fromEntries(members), {
    requiredKeys: (schema.required ?? []) as string[],
    noNullPrototype: true,
  })
  const extra = schema.additionalProperties
  if (typeof extra !== 'object' || extra === null) return known
  const names = textOf((schema.propertyNames ?? { type: 'string' }) as Schema)
  const others = fc.array(fc.tuple(names, valueOf(extra as Schema, root, pools, '', depth + 1)), { maxLength: 3 })
  return fc.tuple(known, others).map(([some, more]) => withMembers([...Object.entries(some), ...more]))
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema as Record<string, never>
  const allowed = pattern === undefined ? null : new RegExp(pattern, 'u')
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength && (allowed?.test(text) ?? true)
  const known = [...(format === 'date' ? DAYS : format === 'date-time' ? INSTANTS : TEXTS)].filter(fits)
  const any = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(fits)
  if (format === 'uuid') return fc.uuid()
  if (known.length === 0) return allowed ? fc.stringMatching(allowed) : any
  const chosen = fc.constantFrom(...known)
  return format || allowed ? chosen : fc.oneof({ weight: 3, arbitrary: chosen }, { weight: 1, arbitrary: any })
}

function numberOf({ type, minimum = -1e9, maximum = 1e9 }: Schema): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minimum as number, -(2 ** 53)), Math.min(maximum as number, 2 ** 53)]
  const whole = fc.oneof(
    fc.constantFrom(Math.ceil(min), Math.floor(max)),
    fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) }),
  )
  return type === 'integer' ? whole : fc.oneof(whole, fc.double({ min, max, noNaN: true }))
}

function withPool(text: fc.Arbitrary<string>, name: string, pools: ReadonlySet<string>): fc.Arbitrary<string> {
  if (!pools.has(name)) return text
  return fc.oneof({ weight: 3, arbitrary: fc.nat(30).map((n) => markOf(name, n)) }, { weight: 1, arbitrary: text })
}

function resolved(schema: Schema, root: Schema): Schema {
  if (typeof schema.$ref !== 'string') return schema
  const found = schema.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Schema)[key.replaceAll('~1', '/').replaceAll('~0', '~')], root)
  return resolved(found as Schema, root)
}
