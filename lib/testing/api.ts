/** Tests of the API call the real route handlers with Requests; every JSON answer is compared with /openapi.json on the way. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { filledIn } from '@/lib/api/call'
import type { Endpoint } from '@/lib/api/endpoint'
import { openApi } from '@/lib/api/openapi'
import { hashPassword } from '@/lib/auth/passwords'
import { passwordMark } from '@/lib/auth/operator'
import type { Role } from '@/lib/auth/roles'
import { SCOPES } from '@/lib/auth/scopes'
import { sessionCookie } from '@/lib/auth/session-cookie'
import { hashToken, makeToken } from '@/lib/auth/tokens'
import { liveContext } from '@/lib/certificates/context'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { ROLE } from '../database-role.mjs'
import { issueAll, anIssuer } from './builders'
import { openTestDatabase } from './database'
import { temporaryFolder } from './temporary-folder'

export const ORIGIN = 'http://localhost:3000'

/** Sets the environment of this test process, before anything has read it. */
export function setEnvironment(databaseUrl: string, more: Record<string, string> = {}): void {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    DATABASE_ROLE: ROLE,
    DATA_DIR: temporaryFolder('errata-api-'),
    PUBLIC_URL: ORIGIN,
    SIGNING_KEY_TYPE: 'ED25519',
    NEXTAUTH_SECRET: 'a secret that only the tests have',
    LOG_LEVEL: 'silent',
    ...more,
  })
}

/** A database of its own for this file, and the environment that points to it. */
export async function startApi(more: Record<string, string> = {}) {
  const database = await openTestDatabase()
  setEnvironment(database.url, more)
  // As a worker does before anything can be signed.
  await loadSigningKeys(liveContext().settings)
  return {
    url: database.url,
    async close() {
      await liveContext().db.$disconnect()
      await database.close()
    },
  }
}

/** Issues everything that waits, as the worker does. */
export async function issueWaiting(): Promise<void> {
  await issueAll(await anIssuer(liveContext()))
}

/** A token of a new API client. */
export async function aToken(
  facts: {
    facilityCode?: string
    batch?: string
    disabled?: boolean
    sandbox?: boolean
    ratePerMinute?: number
    scopes?: string[]
    district?: string
    programs?: string[]
  } = {},
): Promise<string> {
  const token = makeToken()
  const id = randomUUID()
  await liveContext().db.apiClient.create({
    data: { id, name: `client ${id}`, tokenHash: hashToken(token), scopes: [...SCOPES], ...facts },
  })
  return token
}

/** A new person, an operator unless said otherwise, whose password is "correct horse". */
export async function anOperator({
  roles = ['operator'],
  ...facts
}: { username?: string; facilityCode?: string; district?: string; roles?: readonly Role[] } = {}) {
  const id = randomUUID()
  const passwordHash = await hashPassword('correct horse')
  const data = { id, username: id, name: 'Asha', passwordHash, roles: [...roles], ...facts }
  return liveContext().db.operator.create({ data })
}

/** The Cookie header of somebody who signed in so many seconds ago. */
export async function cookieOf(operator: { id: string; passwordHash: string }, secondsAgo = 0): Promise<string> {
  const signedInAt = Math.floor(Date.now() / 1000) - secondsAgo
  const [sid, startedAt] = [randomUUID(), new Date(signedInAt * 1000)]
  const session = { id: sid, operatorId: operator.id, method: 'password', device: 'Test', startedAt }
  await liveContext().db.operatorSession.create({ data: { ...session, lastSeenAt: new Date() } })
  const token = { sub: operator.id, sid, signedInAt, passwordMark: passwordMark(operator.passwordHash) }
  return (await sessionCookie(token, 900)).split(';')[0]!
}

export async function aFacility(code: string, district: string | null = null): Promise<void> {
  await liveContext().db.facility.create({ data: { code, name: `Facility ${code}`, district } })
}

export interface Asking {
  params?: Record<string, string | number>
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: BodyInit
  /** Access token. */
  token?: string
  cookie?: string
  method?: string
}

export interface Asked {
  status: number
  headers: Headers
  /** Parsed where it is JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any
  bytes: Uint8Array
}

/** Calls the handler of an endpoint; fails when the answer is not what OpenAPI says. */
export async function ask<E extends Endpoint>(row: E, asking: Asking = {}): Promise<Asked> {
  const method = asking.method ?? row.method
  const response = await (await handlerOf(row, method))(requestTo(row, method, asking))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const body: unknown = /json$/.test(type) && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : null
  if (method === row.method) conform(row, response.status, type, body)
  return { status: response.status, headers: response.headers, body, bytes }
}

function requestTo(row: Endpoint, method: string, asking: Asking): Request {
  const address = `${ORIGIN}${filledIn(row.path, asking.params, asking.query)}`
  const headers = new Headers({ host: new URL(ORIGIN).host, ...asking.headers })
  if (asking.token) headers.set('authorization', `Bearer ${asking.token}`)
  if (asking.cookie) headers.set('cookie', asking.cookie)
  const body = asking.raw ?? (asking.body === undefined ? undefined : JSON.stringify(asking.body))
  if (body !== undefined && !(body instanceof FormData) && !headers.has('content-type'))
    headers.set('content-type', 'application/json')
  return new Request(address, {
    method,
    headers,
    body,
    ...(body === undefined ? {} : { duplex: 'half' }),
  } as RequestInit)
}

/** The handler that serves a method of an endpoint. */
export async function handlerOf(row: Endpoint, method: string): Promise<(request: Request) => Promise<Response>> {
  const folder = row.path.replace('.{extension}', '').replace('/contexts/{path}', '/contexts/[...path]')
  const file = join(process.cwd(), 'app', folder.replaceAll('{', '[').replaceAll('}', ']'), 'route.ts')
  const handlers = await import(/* @vite-ignore */ pathToFileURL(file).href)
  return handlers[method]
}

interface Documented {
  document: { paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>> }
  ajv: Ajv2020
  compiled: Map<string, ValidateFunction>
}

/** Beside this file's modules: the same for all files of a process, and long in the making. */
const place = globalThis as typeof globalThis & { documentedAnswers?: Documented }

function documented(): Documented {
  if (place.documentedAnswers) return place.documentedAnswers
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const document = openApi()
  ajv.addSchema(closed(document) as object, 'openapi')
  return (place.documentedAnswers = {
    document: document as unknown as Documented['document'],
    ajv,
    compiled: new Map(),
  })
}

/** Throws where an answer is not what OpenAPI says: its status, its media type, its JSON. */
export function conform(row: Endpoint, status: number, type: string, body: unknown): void {
  if (status === 304) return
  const { document, ajv, compiled } = documented()
  const where = ['paths', row.path, row.method.toLowerCase(), 'responses', String(status)]
  const answer = document.paths[row.path]![row.method.toLowerCase()]!.responses[status]
  if (!answer)
    throw new Error(`${row.method} ${row.path} answered ${status}, which is not documented: ${JSON.stringify(body)}`)
  const content = answer.content as Record<string, { schema?: { type?: string } }> | undefined
  if (row.method === 'HEAD') return
  if (!content?.[type])
    throw new Error(`${row.method} ${row.path} answered ${status} as ${type}, which is not documented.`)
  if (!/json$/.test(type) || !content[type].schema || content[type].schema.type === 'string') return
  const pointer = [...where, 'content', type, 'schema'].map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))
  const reference = `openapi#/${pointer.map(encodeURIComponent).join('/')}`
  const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference })
  compiled.set(reference, validate)
  if (!validate(body))
    throw new Error(`${row.method} ${row.path} ${status} is not as documented: ${ajv.errorsText(validate.errors)}`)
}

/** The document is open to members of later versions; tests are not. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, closed(inner)]))
  const isAnswer = copy.type === 'object' && typeof copy.properties === 'object' && Array.isArray(copy.required)
  return isAnswer && copy.additionalProperties === undefined ? { ...copy, additionalProperties: false } : copy
}
