/** What an endpoint is: the shape of a row in the contract and the types that follow from it. */
import type { z } from 'zod'
import type { RefusalCode } from '@/lib/errors'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
export type Door = 'v3' | 'divoc'
/** anyone: without signing in; caller: a source system's token (scopes.ts) or a signed-in person (roles.ts); person: signed in on the screens (roles.ts). */
export type Who = 'anyone' | 'caller' | 'person'

/** Content of a successful answer by media type: a schema for JSON, otherwise what the bytes are. */
export type Content = Readonly<Record<string, z.ZodType | 'binary' | 'text'>>

export interface Endpoint {
  /** Name of the operation in OpenAPI, unique. */
  operation: string
  method: Method
  /** With {names} in braces. Logged instead of the address that was asked for. */
  path: string
  door: Door
  who: Who
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  /** Request headers by their lower-case name. */
  headers?: z.ZodObject
  body?: {
    schema: z.ZodType
    /** false: the schema documents; the use case checks and names every reason itself. */
    checked: boolean
    example: unknown
    /** Media types besides application/json. */
    alsoAs?: readonly string[]
    /** Taken as a file, too: "files" in multipart/form-data. `as`: the member that its text is; null = its JSON is the body. */
    orFile?: { as: string | null }
  }
  /** A file in multipart/form-data, under the name "file", instead of a body. */
  upload?: {
    /** Bytes of the whole request. */
    largest: number
    /** The other fields of the form. */
    fields: z.ZodObject
    example: Record<string, string>
    /** A file that succeeds. */
    exampleFile: string
  }
  ok: Content
  /** Answers 304 when If-None-Match names the representation. */
  revalidates?: boolean
  /** What can be refused besides what follows from the rest of the row. */
  refusals: readonly RefusalCode[]
  /** Pages of other origins may call it (it takes no sign-in). */
  anyOrigin?: boolean
  /** Other statuses whose body is the same schema as that of 200. */
  alsoAnswers?: readonly number[]
  /** Can be called by somebody who signed in with a one-time password and has not set an own one yet. */
  beforeOwnPassword?: boolean
  /** Can be called by somebody who has to set up a second factor and has not done it yet. */
  beforeSecondFactor?: boolean
  /** "search": counts against an operator's searches; "free": counts against no limit (it costs next to nothing). */
  rate?: 'search' | 'free'
  /** Parameters of the query that name one record, besides certificateId and preEnrollmentCode: asking counts as a look-up. */
  recordIn?: readonly string[]
  /** Calls of it do not go into the client's list of calls. */
  unlisted?: boolean
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : Record<string, never>

export type Params<E extends Endpoint> = Parsed<E['params']>
export type Query<E extends Endpoint> = Parsed<E['query']>
export type Headers_<E extends Endpoint> = Parsed<E['headers']>
/** What a handler gets as body: parsed when the row says so, anything otherwise. */
export type Body<E extends Endpoint> = E['upload'] extends { fields: infer F extends z.ZodObject }
  ? { file: UploadedFile; fields: z.output<F> }
  : E['body'] extends { checked: true; schema: infer S extends z.ZodType }
    ? z.output<S>
    : E['body'] extends object
      ? unknown
      : undefined

/** A file as somebody sent it; the name says whatever they wanted. */
export interface UploadedFile {
  name: string
  bytes: () => AsyncIterable<Uint8Array>
}

/** The JSON of a success; never for endpoints that answer with anything else. */
export type Answer<E extends Endpoint> = E['ok'] extends { 'application/json': infer S extends z.ZodType }
  ? z.output<S>
  : never

/** Keeps the exact types of a row. */
export function endpoint<const E extends Endpoint>(row: E): E {
  return row
}

/** The operation that one at DIVOC's address is the same as; any other stays as it is. */
export function plainOperation(operation: string): string {
  return operation.replace(/^divoc([A-Z])/, (_all, first: string) => first.toLowerCase())
}

/** The same endpoint at DIVOC's address, answering as DIVOC does. */
export function atDivoc<const E extends Endpoint>(row: E): E {
  return {
    ...row,
    operation: `divoc${row.operation[0]!.toUpperCase()}${row.operation.slice(1)}`,
    path: `/divoc/api${row.path}`,
    door: 'divoc',
  }
}
