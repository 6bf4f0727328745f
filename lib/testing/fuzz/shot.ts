/** One random request at one endpoint: as an arbitrary that shrinks, and made real against the world. */
import fc from 'fast-check'
import type { Endpoint } from '@/lib/api/endpoint'
import { ORIGIN } from '../api'
import { fromSchema, type Schema } from './from-schema'
import {
  BODY_TRICKS,
  CONTENT_TYPES,
  hostileHeaders,
  hostileText,
  hostileValue,
  RAW_PATH_PARTS,
  withMembers,
  type BodyTrick,
} from './junk'
import { rightRequest, type Right } from './recipes'
import { CALLERS, type CallerKind, type World } from './world'

type Values = Record<string, unknown>

export interface Shot {
  /** right: a request that should succeed; schema: what the description allows; wild: whatever comes. */
  base: 'right' | 'schema' | 'wild'
  /** null = whom it is for. */
  caller: CallerKind | null
  pick: number
  params: Values
  query: Values
  headers: Values
  body: unknown
  /** One change at one place of the body or of a parameter. */
  change: Change | null
  trick: BodyTrick
  contentType: string | null
  rawPath: { at: number; text: string } | null
  moreQuery: string | null
  moreHeaders: Record<string, string>
  method: string | null
}

interface Change {
  part: 'body' | 'params' | 'query' | 'headers'
  where: number
  how: 'value' | 'absent' | 'member' | 'twice' | 'wrapped'
  value: unknown
  key: string
}

/** A request as it is sent, for the report of a failure too. */
export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

const rarely = <T>(usual: T, arbitrary: fc.Arbitrary<T>, weight = 1, of = 10): fc.Arbitrary<T> =>
  fc.oneof({ weight: of - weight, arbitrary: fc.constant(usual) }, { weight, arbitrary })

const QUERIES = [
  '?',
  '&',
  '=',
  'a=%ff',
  'paper=a4&paper=a5',
  '__proto__=1',
  'after=%00',
  'q[]=1',
  'x=' + 'y'.repeat(5000),
  '%zz=1',
  'dryRun',
]

/** Requests at an operation of the document. `pools`: names of what exists in the world. */
export function shotsAt(row: Endpoint, document: Schema, pools: ReadonlySet<string>): fc.Arbitrary<Shot> {
  const operation = ((document.paths as Values)[row.path] as Values)[row.method.toLowerCase()] as {
    parameters: Values[]
    requestBody?: { content: Record<string, { schema: Schema }> }
  }
  const body = operation.requestBody?.content['application/json']?.schema
  const change: fc.Arbitrary<Change> = fc.record({
    part: body
      ? fc.constantFrom('body', 'body', 'body', 'params', 'query', 'headers')
      : fc.constantFrom('params', 'query', 'headers'),
    where: fc.nat(300),
    how: fc.constantFrom('value', 'value', 'value', 'absent', 'member', 'twice', 'wrapped'),
    value: hostileValue,
    key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'extra', 'toJSON', 'id'), hostileText),
  })
  return fc.record<Shot>({
    base: fc.oneof(
      { weight: 4, arbitrary: fc.constant('right' as const) },
      { weight: 4, arbitrary: fc.constant('schema' as const) },
      { weight: 2, arbitrary: fc.constant('wild' as const) },
    ),
    caller: rarely<CallerKind | null>(null, fc.constantFrom(...CALLERS), 3),
    pick: fc.nat(60),
    params: parametersOf(operation.parameters, 'path', document, pools),
    query: parametersOf(operation.parameters, 'query', document, pools),
    headers: parametersOf(operation.parameters, 'header', document, pools),
    body: body
      ? fc.oneof({ weight: 3, arbitrary: fromSchema(body, document, pools) }, { weight: 1, arbitrary: hostileValue })
      : hostileValue,
    change: rarely<Change | null>(null, change, 5),
    trick: rarely<BodyTrick>('asItIs', fc.constantFrom(...(Object.keys(BODY_TRICKS) as BodyTrick[])), 2),
    contentType: rarely<string | null>(null, fc.constantFrom(...CONTENT_TYPES)),
    rawPath: rarely<Shot['rawPath']>(null, fc.record({ at: fc.nat(5), text: fc.constantFrom(...RAW_PATH_PARTS) })),
    moreQuery: rarely<string | null>(null, fc.constantFrom(...QUERIES)),
    moreHeaders: rarely<Record<string, string>>({}, hostileHeaders, 2),
    method: rarely<string | null>(
      null,
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      1,
      30,
    ),
  })
}

/** The one that has to succeed where anything can: as it is meant, without a change. */
export const rightShot = (): Shot => ({
  base: 'right',
  caller: null,
  pick: 0,
  params: {},
  query: {},
  headers: {},
  body: undefined,
  change: null,
  trick: 'asItIs',
  contentType: null,
  rawPath: null,
  moreQuery: null,
  moreHeaders: {},
  method: null,
})

/** Whether anything about it is meant to go wrong. */
export const isRight = (shot: Shot): boolean =>
  shot.base === 'right' &&
  JSON.stringify({ ...shot, pick: 0, params: {}, query: {}, headers: {}, body: undefined }) ===
    JSON.stringify(rightShot())

/** Makes the request: what it needs is prepared, marks of pools become things that exist. */
export async function aim(world: World, row: Endpoint, shot: Shot): Promise<Sent> {
  const base = shot.base === 'right' ? await rightRequest(world, row, shot.pick) : schemaRequest(world, row, shot)
  const parts = {
    params: filled(world, base.params ?? {}) as Values,
    query: filled(world, base.query ?? {}) as Values,
    headers: filled(world, base.headers ?? {}) as Values,
    body: filled(world, base.body),
  }
  if (shot.change?.part === 'body') parts.body = changed(parts.body, shot.change)
  else if (shot.change) parts[shot.change.part] = membersOf(changed(parts[shot.change.part], shot.change))
  const method = shot.method ?? row.method
  const own = await world.headersOf(shot.caller ?? base.as)
  const headers: Record<string, string> = {
    host: new URL(ORIGIN).host,
    // Two cookies travel in one header.
    ...own,
    ...byteStrings({
      ...parts.headers,
      ...(own.cookie && parts.headers.cookie ? { cookie: `${own.cookie}; ${String(parts.headers.cookie)}` } : {}),
    }),
    ...shot.moreHeaders,
  }
  // Waiting for an answer is tested elsewhere; half a minute each would be all that happens here.
  if (/\d{2}/.test(headers.prefer ?? '')) headers.prefer = 'wait=0'
  const url = addressOf(row, parts.params, parts.query, shot)
  const json = parts.body === undefined ? undefined : (JSON.stringify(parts.body) ?? 'undefined')
  const hasBody =
    !['GET', 'HEAD'].includes(method) &&
    (row.body !== undefined || row.upload !== undefined || shot.base === 'wild') &&
    json !== undefined
  if (base.form && isRight(shot)) {
    const form = new Response(base.form)
    headers['content-type'] = form.headers.get('content-type')!
    return { method, url, headers, body: new Uint8Array(await form.arrayBuffer()) }
  }
  if (!hasBody) return { method, url, headers, body: undefined }
  headers['content-type'] = shot.contentType ?? 'application/json'
  return { method, url, headers, body: BODY_TRICKS[shot.trick](json) }
}

function schemaRequest(world: World, row: Endpoint, shot: Shot): Right & { as: CallerKind } {
  const as = row.who === 'anyone' ? 'nobody' : row.who === 'caller' && shot.pick % 2 ? 'client' : 'person'
  const { query, headers, body } = shot
  const params: Values =
    shot.base === 'schema'
      ? shot.params
      : Object.fromEntries(Object.keys(shot.params).map((name) => [name, textOf(shot.body)]))
  return {
    as,
    params: params as Record<string, string>,
    query: query as Record<string, string>,
    headers: headers as Record<string, string>,
    body,
  }
}

function parametersOf(
  all: Values[],
  place: string,
  document: Schema,
  pools: ReadonlySet<string>,
): fc.Arbitrary<Values> {
  const own = all.filter((one) => one.in === place)
  const members = own.map((one) => {
    const schema = { type: 'object', properties: { [one.name as string]: one.schema }, required: [one.name] }
    return [
      one.name as string,
      fromSchema(schema, document, pools).map((made) => (made as Values)[one.name as string]),
    ] as const
  })
  return fc.record(Object.fromEntries(members), {
    requiredKeys: own.filter((one) => one.required).map((one) => one.name as string),
    noNullPrototype: true,
  }) as fc.Arbitrary<Values>
}

/** Marks of pools become what exists. */
function filled(world: World, value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/‹(\w+)·(\d+)›/g, (_mark, pool: string, n: string) => world.pick(pool, Number(n)))
  if (Array.isArray(value)) return value.map((inner) => filled(world, inner))
  if (typeof value !== 'object' || value === null) return value
  return withMembers(Object.entries(value).map(([key, inner]) => [key, filled(world, inner)] as const))
}

function changed(whole: unknown, { where, how, value, key }: Change): unknown {
  const copy = filled({} as World, { whole }) as { whole: unknown }
  const places: { parent: Values; key: string }[] = []
  collect(copy as Values, places)
  const place = places[where % places.length]!
  const here = place.parent[place.key]
  const become = (made: unknown) =>
    Object.defineProperty(place.parent, place.key, {
      value: made,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  if (how === 'absent') delete place.parent[place.key]
  if (how === 'value') become(value)
  if (how === 'wrapped') become([here])
  if (how === 'twice') become(typeof here === 'string' ? `${here}${here}` : [here, here])
  if (how === 'member' && typeof here === 'object' && here !== null && !Array.isArray(here)) {
    become(withMembers([...Object.entries(here), [key, value]]))
  }
  return copy.whole
}

/** Parameters are always some; a change of all of them at once is one that is called "all". */
function membersOf(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : { all: value }
}

function collect(node: unknown, places: { parent: Values; key: string }[]): void {
  if (typeof node !== 'object' || node === null) return
  for (const key of Object.keys(node)) {
    places.push({ parent: node as Values, key })
    collect((node as Values)[key], places)
  }
}

function addressOf(row: Endpoint, params: Values, query: Values, { rawPath, moreQuery }: Shot): string {
  let at = -1
  const path = row.path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    at++
    if (rawPath && rawPath.at % 3 === at) return rawPath.text
    return encodeURIComponent(textOf(params?.[name]).toWellFormed())
  })
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${encode(name)}=${encode(textOf(value))}`)
  const search = [...pairs, ...(moreQuery === null ? [] : [moreQuery])].join('&')
  return `${ORIGIN}${path}${search ? `?${search}` : ''}`
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : (JSON.stringify(value) ?? '')
}

/** What fetch takes as header values. */
function byteStrings(headers: Values): Record<string, string> {
  const fit = Object.entries(headers ?? {}).filter(([name]) => /^[\w-]+$/.test(name))
  return Object.fromEntries(
    fit.map(([name, value]) => [name.toLowerCase(), textOf(value).replace(/[^\x20-\x7e\x80-\xff]/g, '?')]),
  )
}
