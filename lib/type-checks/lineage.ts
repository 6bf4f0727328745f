/** What tells certificates apart, and whom they are about, is read from old and new records alike: it stays. Pure. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Findings } from './finding'

const WHOM = 'Whom certificates are about is for ever, and so is what a second person is asked about.'
const FOR_EVER = 'What tells certificates apart is for ever: make a type of another name.'

/** Compares key, sequence and person with the versions that certificates were issued under. */
export function checkLineage(
  type: CertificateType,
  earlier: readonly { type: CertificateType }[],
  found: Findings,
): void {
  const [before] = earlier.filter((one) => one.type.name === type.name).sort((a, b) => b.type.version - a.type.version)
  if (!before) return
  for (const part of ['key', 'sequence'] as const) {
    const [was, is] = [placeOf(before.type, part), placeOf(type, part)]
    if (was !== is) found.error(['lineage', part], `It was ${was}. ${FOR_EVER}`)
  }
  for (const part of ['name', 'birthDate', 'age'] as const) {
    const was = before.type.person[part]
    if (was !== undefined && was !== type.person[part]) found.error(['person', part], `It was ${was}. ${WHOM}`)
  }
}

/** Doses and minutes are different numbers, whatever the field is called. */
function placeOf(type: CertificateType, part: 'key' | 'sequence'): string {
  const path = type.lineage[part]
  const field = fieldsOf(type).find((one) => one.path === path)
  return field ? `${field.path} (${field.kind})` : 'none'
}
