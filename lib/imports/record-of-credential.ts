/** The request behind a certificate of any type: the type's mapping, read backwards. Pure. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { isDate, readInstant } from '@/lib/certificates/dates'
import { isObject } from './rows'

type Tree = Record<string, unknown>

export interface Names {
  did: string
  timeZone: string
}

/**
 * What a credential says, at the paths of the request that its template takes it from. What it does not say stays absent,
 * and so does what is made of settings, code lists or the day of issue.
 */
export function recordOfCredential(template: unknown, credential: unknown, type: CertificateType, names: Names): Tree {
  const found = new Map<string, string>()
  const stoodIn = new Set<string>()
  collect(template, credential, names.did, found, stoodIn)
  const record: Tree = {}
  for (const { path, kind, group } of fieldsOf(type)) {
    const text = found.get(path)
    if (text === undefined || (stoodIn.has(path) && isAlone(path, group, found))) continue
    place(record, path.split('.'), valueOf(text, kind, names))
  }
  return record
}

function collect(
  template: unknown,
  said: unknown,
  did: string,
  found: Map<string, string>,
  stoodIn: Set<string>,
): void {
  // DIVOC's templates write one evidence with and without a list around it.
  if (Array.isArray(template)) {
    const all: unknown[] = Array.isArray(said) ? said : [said]
    return template.forEach((one, at) => collect(one, all[at], did, found, stoodIn))
  }
  if (!isObject(template)) return
  const { from, derive } = template
  if (typeof from !== 'string' && typeof derive !== 'string') {
    if (isObject(said))
      for (const [key, inner] of Object.entries(template)) collect(inner, said[key], did, found, stoodIn)
    return
  }
  const text = textOf(said)
  if (text === '') return
  if (derive === 'birthDate') found.set(String(template.dob), text)
  if (typeof from !== 'string' || !REVERSIBLE.includes(derive)) return
  found.set(from, derive === 'identityIri' && text.startsWith(`${did}:`) ? text.slice(did.length + 1) : text)
  if (derive === 'country') stoodIn.add(from)
}

/** Undefined: the value itself. */
const REVERSIBLE: unknown[] = [undefined, 'identityIri', 'timestamp', 'whenGiven', 'country']

/** A country alone was never asked for: FACILITY_COUNTRY_CODE stood in for an address. */
function isAlone(path: string, group: string | undefined, found: Map<string, string>): boolean {
  return group !== undefined && ![...found.keys()].some((other) => other !== path && other.startsWith(`${group}.`))
}

function valueOf(text: string, kind: string, { timeZone }: Names): unknown {
  const day = text.slice(0, 10)
  if (kind === 'date') return isDate(day) ? day : text
  if (kind === 'instant') return readInstant(text, timeZone)?.toISOString() ?? text
  return kind === 'wholeNumber' ? Number(text) : text
}

/** Sets what stands at a path, making the objects around it. */
export function place(record: Tree, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) record[key!] = value
  else place((record[key!] ??= {}) as Tree, rest, value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
