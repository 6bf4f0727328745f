/** Hides the values that a type declares masked from people: every answer to a person that holds a record's values passes here. */
import { createHmac } from 'node:crypto'
import { typeNames, typeOfAllTimes } from '@/lib/certificate-types/live'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Change } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { isHidden, markerOf, pathOfHidden, tagOf } from './hidden'
import { valueAt } from './record'

/** Whose values: a marker says whether two values of one person are the same, and nothing across persons. */
export interface WhoseValues {
  /** Name of the certificate's type. */
  type: string
  preEnrollmentCode: string
  sandbox: boolean
}

export interface Mask {
  /** A value of the field at a path; as it is where the field is not masked. A list comes as text joined with ", ". */
  value(path: string, text: string): string
  record<R extends object>(record: R): R
  changes(changes: Change[]): Change[]
}

/** How values are shown to this caller; null = as they are: source systems keep what they sent. */
export function maskFor(context: Pick<Context, 'settings' | 'db'>, caller: Caller, whose: WhoseValues): Mask | null {
  if (caller.kind !== 'operator') return null
  const type = typeOfAllTimes(context, whose.type)
  const paths = maskedPaths(type)
  const hide = (path: string, value: string) => markerFor(context, whose, path, value)
  const mask: Mask = {
    value: (path, text) => {
      if (!paths.has(path) || text === '') return text
      return isList(type, path)
        ? text
            .split(', ')
            .map((one) => hide(path, one))
            .join(', ')
        : hide(path, text)
    },
    record: (record) => {
      const copy = structuredClone(record)
      for (const path of paths) replaceAt(copy, path, (value) => hide(path, value))
      return copy
    },
    changes: (changes) =>
      changes.map(({ before, after, ...change }) => ({
        ...change,
        before: before === null ? null : mask.value(change.path, before),
        after: after === null ? null : mask.value(change.path, after),
      })),
  }
  return mask
}

/** What the markers of a person's records stand for: one entry for each value that differs. */
export function valuesBehind(
  context: Pick<Context, 'settings'>,
  whose: Whose,
  found: readonly { path: string; value: string }[],
): { path: string; hidden: string; value: string }[] {
  const entries = found.map(({ path, value }) => ({ path, hidden: markerFor(context, whose, path, value), value }))
  return [...new Map(entries.map((entry) => [entry.hidden, entry])).values()]
}

/** The values of a record's masked fields, one by one. */
export function maskedValuesOf(record: unknown, type: CertificateType): { path: string; value: string }[] {
  return [...maskedPaths(type)].flatMap((path) =>
    [valueAt(record, path) ?? []].flat().map((value) => ({ path, value: String(value) })),
  )
}

/** What somebody wrote in the place of hidden values: those of the masked fields of an item that are no markers. */
export function valuesTried(context: Pick<Context, 'db'>, item: unknown): { path: string; value: string }[] {
  // An item does not say its type: sections of another type have other names, or the same fields.
  const values = typeNames(context).flatMap((name) => maskedValuesOf(item, typeOfAllTimes(context, name)))
  return values.filter(({ path, value }, at) => {
    const isFirst = values.findIndex((other) => other.path === path && other.value === value) === at
    return isFirst && value !== '' && !isHidden(value)
  })
}

/**
 * An item's record with the values of `source` in the place of markers; or the path of a field whose marker stands for
 * nothing there (the record changed meanwhile, or it never came from this record).
 */
export function filledIn<R extends object>(
  context: Pick<Context, 'settings' | 'db'>,
  whose: WhoseValues,
  record: R,
  source: unknown,
): { record: R } | { unknown: string } {
  const type = typeOfAllTimes(context, whose.type)
  const copy = structuredClone(record)
  for (const path of maskedPaths(type)) {
    const known = new Map(
      [valueAt(source, path) ?? []].flat().map((value) => [tagFor(context, whose, path, String(value)), String(value)]),
    )
    replaceAt(copy, path, (text) => (isHidden(text) ? (known.get(tagOf(text) ?? '') ?? text) : text))
  }
  const left = pathOfHidden(copy)
  return left === null ? { record: copy } : { unknown: left }
}

const paths = new WeakMap<CertificateType, Set<string>>()

function maskedPaths(type: CertificateType): Set<string> {
  const known = paths.get(type) ?? new Set(fieldsOf(type).flatMap(({ masked, path }) => (masked ? [path] : [])))
  paths.set(type, known)
  return known
}

function isList(type: CertificateType, path: string): boolean {
  return fieldsOf(type).some((field) => field.path === path && field.kind === 'contacts')
}

/** What a marker says of a person: the same in certificates of all types. */
type Whose = Omit<WhoseValues, 'type'>

function markerFor(context: Pick<Context, 'settings'>, whose: Whose, path: string, value: string): string {
  return markerOf(value, tagFor(context, whose, path, value))
}

/** 128 bits of a keyed hash: without the secret of the installation nobody can try values against it. */
function tagFor({ settings }: Pick<Context, 'settings'>, whose: Whose, path: string, value: string): string {
  const { secret } = settings.drafts
  if (!secret) throw new Error('DRAFT_SECRET or NEXTAUTH_SECRET must be set (npm start makes one and keeps it).')
  const named = JSON.stringify(['errata hidden value', whose.sandbox, whose.preEnrollmentCode, path, value])
  return createHmac('sha256', secret).update(named).digest('base64url').slice(0, 22)
}

/** Replaces the text, or every text of the list, at a dotted path. */
function replaceAt(record: object, path: string, replace: (text: string) => string): void {
  const keys = path.split('.')
  const place = keys.length === 1 ? record : valueAt(record, keys.slice(0, -1).join('.'))
  if (typeof place !== 'object' || place === null) return
  const [target, key] = [place as Record<string, unknown>, keys.at(-1)!]
  const value = target[key]
  if (typeof value === 'string') target[key] = replace(value)
  else if (Array.isArray(value)) target[key] = value.map((one) => (typeof one === 'string' ? replace(one) : one))
}
