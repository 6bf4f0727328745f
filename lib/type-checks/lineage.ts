/** What tells certificates apart is kept with each of them: it stays as the first version in force said it. Pure. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Findings } from './finding'

const FOR_EVER = 'What tells certificates apart is for ever: make a type of another name.'

/** Compares key and sequence with the versions that certificates were issued under. */
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
}

/** Doses and minutes are different numbers, whatever the field is called. */
function placeOf(type: CertificateType, part: 'key' | 'sequence'): string {
  const path = type.lineage[part]
  const field = fieldsOf(type).find((one) => one.path === path)
  return field ? `${field.path} (${field.kind})` : 'none'
}
