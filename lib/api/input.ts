/** Reads what an endpoint's row in the contract promises: parameters of the path, query, headers and body. */
import type { z } from 'zod'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import { readJsonText } from '@/lib/certificates/json-text'
import { pointer } from '@/lib/certificates/schema'
import type { Body, Endpoint, Headers_, Params, Query } from './endpoint'
import { LARGEST_BODY, LARGEST_OF_ANYONE, readJson } from './json-body'
import { isForm, readUpload } from './upload'
import { predicateOf } from './sentences'

export interface RequestInput<E extends Endpoint> {
  params: Params<E>
  query: Query<E>
  headers: Headers_<E>
  body: Body<E>
}

/** Everything that the row names, parsed. Refusals: VALIDATION_ERROR, MALFORMED_REQUEST and those of `readJson`. */
export async function readInput<E extends Endpoint>(row: E, request: Request): Promise<RequestInput<E>> {
  const url = new URL(request.url)
  const params = parsePart(row.params, readPath(row.path, url.pathname), 'MALFORMED_REQUEST')
  const query = readQuery(row, request)
  const headers = parsePart(row.headers, Object.fromEntries(request.headers), 'MALFORMED_REQUEST')
  return { params, query, headers, body: await readBody(row, request) } as RequestInput<E>
}

/** The query as the row documents it. Refusal: VALIDATION_ERROR. */
export function readQuery<E extends Pick<Endpoint, 'query'>>(
  row: E,
  request: Request,
): z.output<NonNullable<E['query']>> {
  const given: Record<string, string> = {}
  for (const [name, value] of new URL(request.url).searchParams) given[name] ??= value
  return parsePart(row.query, given, 'VALIDATION_ERROR') as z.output<NonNullable<E['query']>>
}

async function readBody(row: Endpoint, request: Request): Promise<unknown> {
  if (row.upload) {
    const { file, fields } = await readUpload(request, row.upload.largest)
    return { file, fields: parsePart(row.upload.fields, fields, 'VALIDATION_ERROR') }
  }
  if (!row.body) return undefined
  const value =
    row.body.orFile && isForm(request)
      ? await readFile(request, row.body.orFile.as)
      : await readJson(request, row.body.alsoAs, largestOf(row))
  if (!row.body.checked) return value
  const result = row.body.schema.safeParse(value, { error: predicateOf })
  if (result.success) return result.data
  const details = result.error.issues.map((issue): RefusalDetail => {
    return { index: 0, path: pointer(issue.path), code: 'VALIDATION_ERROR', message: sentenceOf(issue) }
  })
  throw new Refusal('VALIDATION_ERROR', 'The body does not have the documented form.', details)
}

/** What a file is as a body. */
async function readFile(request: Request, member: string | null): Promise<unknown> {
  const { file } = await readUpload(request, LARGEST_BODY, 'files')
  const parts: Uint8Array[] = []
  for await (const part of file.bytes()) parts.push(part)
  const content = Buffer.concat(parts)
  return member === null ? readJsonText(content) : { [member]: content.toString('utf8') }
}

/** Bytes that the body of an endpoint may have. */
export function largestOf({ who }: Pick<Endpoint, 'who'>): number {
  return who === 'anyone' ? LARGEST_OF_ANYONE : LARGEST_BODY
}

function parsePart(
  schema: z.ZodObject | undefined,
  given: Record<string, string>,
  code: 'MALFORMED_REQUEST' | 'VALIDATION_ERROR',
) {
  if (!schema) return {}
  // PostgreSQL has no NUL in text.
  if (Object.values(given).some((value) => value.includes('\u0000'))) {
    throw new Refusal(code, 'A NUL character is not accepted here.')
  }
  const result = schema.safeParse(given, { error: predicateOf })
  if (result.success) return result.data
  throw new Refusal(code, sentenceOf(result.error.issues[0]!))
}

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.') || 'The body'} ${message}.`
}

/** The {names} of an endpoint's address in this request, not checked; none where it is not encoded correctly. */
export function pathOf(row: Pick<Endpoint, 'path'>, request: Request): Record<string, string> {
  try {
    return readPath(row.path, new URL(request.url).pathname)
  } catch {
    return {}
  }
}

/** The {names} of a template. The last one takes all that is left. */
function readPath(template: string, pathname: string): Record<string, string> {
  const wanted = template.split('/')
  const given = pathname.split('/')
  const params: Record<string, string> = {}
  wanted.forEach((part, at) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name) params[name] = (at === wanted.length - 1 ? given.slice(at) : [given[at] ?? '']).map(decodePart).join('/')
  })
  return params
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal('MALFORMED_REQUEST', 'The address is not encoded correctly.')
  }
}
