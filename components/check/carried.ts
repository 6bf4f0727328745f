/** The corrected details of the recipient, carried over to the person's other doses. Pure. */
import { put } from '@/components/certificate-form/values'
import type { Change, DosesAnswer, PersonDose } from '@/lib/api/contract'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { changesBetween } from '@/lib/certificates/diff'
import { pruned, valueAt } from '@/lib/certificates/record'

/** Another dose of the person, and what the correction would change there. */
export interface OtherDose {
  dose: number
  /** Why it cannot be corrected too; null = it can. */
  blocked: PersonDose['blocked'] | 'says_so_already'
  /** Labels of corrected details that say something else there than they said here. None: it is the same mistake. */
  differs: string[]
  certificate: PersonDose['certificate']
  /** The request item for this dose. */
  item: unknown
  changes: Change[]
}

/**
 * The other doses, where the correction of `base` to `item` changes the recipient; else none. Only the changed details of
 * the recipient go over: what was done, by whom and where stays as each dose has it.
 */
export function otherDoses(
  { dose: own, doses }: DosesAnswer,
  base: unknown,
  item: unknown,
  type: CertificateType,
): OtherDose[] {
  const corrected = changesBetween(base, item, type).filter((change) =>
    change.path.startsWith(`${personSection(type)}.`),
  )
  if (corrected.length === 0) return []
  return doses
    .filter(({ dose }) => dose !== own)
    .map(({ dose, blocked, certificate }) => {
      if (!certificate)
        return { dose, blocked: blocked ?? 'not_issued', differs: [], certificate, item: null, changes: [] }
      const carried = structuredClone(certificate.record)
      for (const { path } of corrected) {
        const whole = groupToCarry(path, certificate.record, type) ?? path
        put(carried, whole, structuredClone(valueAt(item, whole)))
      }
      const changes = changesBetween(certificate.record, carried, type)
      const differs = corrected
        .filter(({ path }) => !sameValue(valueAt(base, path), valueAt(certificate.record, path)))
        .map(({ label }) => label)
      return {
        dose,
        blocked: blocked ?? (changes.length === 0 ? 'says_so_already' : null),
        differs,
        certificate,
        item: pruned({ ...carried, reason: valueAt(item, 'reason') }),
        changes,
      }
    })
}

/** The section that holds whom a certificate is about. */
export function personSection({ person }: CertificateType): string {
  return person.name.split('.')[0]!
}

function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

/** The group of a field where the other dose has nothing of it: a city alone is no address. */
function groupToCarry(path: string, record: unknown, type: CertificateType): string | undefined {
  const group = fieldsOf(type).find((field) => field.path === path)?.group
  return group !== undefined && valueAt(record, group) === undefined ? group : undefined
}
