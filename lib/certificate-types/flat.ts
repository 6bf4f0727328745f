/** A record as the VC API takes and gives it: the fields of some sections at its top. Pure. */
import type { CertificateType } from './type'

/** Without what is ours alone: the reason of a correction. */
export function flattened(record: object, { flat = [] }: Pick<CertificateType, 'flat'>): Record<string, unknown> {
  const { reason: _ours, ...said } = record as Record<string, unknown>
  const rest = Object.entries(said).filter(([name]) => !flat.includes(name))
  return Object.assign(Object.fromEntries(rest), ...flat.map((id) => said[id]))
}
