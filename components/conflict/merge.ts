/** Puts two corrections of one certificate together: what only one person changed is taken, what both changed is asked about. */
import { put, storedValue, type FormValues } from '@/components/certificate-form/values'
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { valueAt } from '@/lib/certificates/record'
import { mergeLists } from './merge-lists'

/** A field that two people changed in different ways. Values are those of the form. */
export interface Overlap {
  field: Field
  base: unknown
  yours: unknown
  theirs: unknown
}

/** A field that was changed and needs no question. */
export interface Settled {
  field: Field
  /** both: the same change was made twice, or a list holds changes of both. */
  from: 'yours' | 'theirs' | 'both'
  base: unknown
  value: unknown
}

export interface Merge {
  /** Everything put together; overlapping fields are as in `theirs` until somebody chooses. The reason is yours. */
  values: FormValues
  settled: Settled[]
  overlaps: Overlap[]
}

/** Merges what a form holds (`yours`, also what is not valid) with the newest certificate (`theirs`); both began at `base`. */
export function mergeCorrections(
  { base, yours, theirs }: { base: FormValues; yours: FormValues; theirs: FormValues },
  type: CertificateType,
  timeZone: string,
): Merge {
  const values: FormValues = { record: structuredClone(theirs.record), reason: { ...yours.reason } }
  const settled: Settled[] = []
  const overlaps: Overlap[] = []
  const torn = tornGroups(base, yours, theirs, type)
  for (const field of fieldsOf(type)) {
    const at = (side: FormValues) => valueAt(side.record, field.path)
    const sides = { base: at(base), yours: at(yours), theirs: at(theirs) }
    const same = (one: unknown, other: unknown) =>
      JSON.stringify(storedValue(field, one, timeZone)) === JSON.stringify(storedValue(field, other, timeZone))
    const [mine, other] = [!same(sides.yours, sides.base), !same(sides.theirs, sides.base)]
    const settle = (from: Settled['from'], value: unknown) => {
      settled.push({ field, from, base: sides.base, value })
      put(values.record, field.path, structuredClone(value))
    }
    if (!mine && !other) continue
    if (same(sides.yours, sides.theirs)) settle('both', sides.theirs)
    else if (torn.has(field.group)) overlaps.push({ field, ...sides })
    else if (!other) settle('yours', sides.yours)
    else if (!mine) settle('theirs', sides.theirs)
    else {
      const list =
        field.kind === 'contacts' ? mergeLists(entries(sides.base), entries(sides.yours), entries(sides.theirs)) : null
      if (list) settle('both', list.length > 0 ? list : [''])
      else overlaps.push({ field, ...sides })
    }
  }
  return { values, settled, overlaps }
}

/**
 * Groups (an address) that one side removed or added as a whole while the other changed something in them: half of one and
 * half of the other would be an address where nobody lives.
 */
function tornGroups(
  base: FormValues,
  yours: FormValues,
  theirs: FormValues,
  type: CertificateType,
): Set<string | undefined> {
  const torn = new Set<string | undefined>()
  for (const group of new Set(fieldsOf(type).map((field) => field.group))) {
    if (group === undefined) continue
    const texts = (side: FormValues) =>
      fieldsOf(type).flatMap((field) =>
        field.group === group ? [String(valueAt(side.record, field.path) ?? '').trim()] : [],
      )
    const [was, mine, other] = [texts(base), texts(yours), texts(theirs)]
    const changed = (side: string[]) => side.join('\n') !== was.join('\n')
    const empty = (side: string[]) => side.every((text) => text === '')
    if (changed(mine) && changed(other) && [was, mine, other].some(empty)) torn.add(group)
  }
  return torn
}

function entries(value: unknown): string[] {
  return Array.isArray(value) ? value.map((one) => String(one).trim()).filter((one) => one !== '') : []
}
