/** Values of JSON documents, and what can be said against them. Pure. */

/** The kinds of section 7.4 of VC Data Model 2.0 that we answer with. */
export type ProblemKind =
  'PARSING_ERROR' | 'MALFORMED_VALUE_ERROR' | 'RANGE_ERROR' | 'CRYPTOGRAPHIC_SECURITY_ERROR' | 'STATUS_ERROR'

/** `path` is a JSON Pointer into the document. The sentence repeats no value. */
export interface Problem {
  kind: ProblemKind
  path: string
  message: string
}

export type Fields = Record<string, unknown>

/** id of an issuer or holder, given as text or object; undefined when there is none. */
export function idOf(value: unknown): string | undefined {
  const id = isFields(value) ? value.id : value
  return typeof id === 'string' ? id : undefined
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One or several, as a list. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

export function malformed(path: string, message: string): Problem {
  return { kind: 'MALFORMED_VALUE_ERROR', path, message }
}

/** An absolute URL: a scheme and no character that none may hold. did: and urn: are URLs here. */
export function isUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 4096 || !value.isWellFormed()) return false
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]+$/iu.test(value)
}
