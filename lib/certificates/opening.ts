/** Makes room before anything is locked: lineages for what is certified, placeholders at the doses that something moves to. */
import type { Statements } from '@/lib/db'
import type { ArrayToPlan } from './plan-array'
import type { ReadItem } from './read-items'
import type { CertificateRecord } from './record'
import { facilitiesByName, openLineages, openLineagesAt } from './store'

type Opening = Pick<ArrayToPlan, 'type' | 'context' | 'caller'>

/** Opens the lineages that arrays of one type are to certify. Answers the ids of those that were not there. */
export async function openMissing(db: Statements, arrays: { array: Opening; items: ReadItem[] }[]): Promise<string[]> {
  const all = arrays.flatMap(({ array, items }) => items.map((item) => ({ item, ...array })))
  const [first] = all
  if (!first) return []
  const nameOf = ({ record }: ReadItem) => (record as Partial<CertificateRecord>).facility?.name
  const names = all.flatMap(({ item, caller }) => (caller.facilityCode === null ? (nameOf(item) ?? []) : []))
  const owners = names.length > 0 ? await facilitiesByName(db, names) : new Map<string, string>()
  const lineages = all.map(({ item, context, caller }) => ({
    id: context.uuid(),
    preEnrollmentCode: item.record.preEnrollmentCode,
    programId: item.record.programId ?? '',
    dose: item.dose,
    facilityCode: caller.facilityCode ?? owners.get(nameOf(item) ?? '') ?? 'unassigned',
  }))
  return openLineages(db, first.type.name, lineages, first.caller.sandbox)
}

/**
 * Keeps the doses that something is to move to, where nobody is: from then on nobody else can certify or move there. All
 * this comes before the locks, as for what is certified: who waits for a twin's new row holds no lock that the twin waits
 * for. Answers the ids of the placeholders that were not there.
 */
export async function keepDoses(
  db: Statements,
  { type, context, caller }: Opening,
  items: ReadItem[],
): Promise<string[]> {
  const moves = items.filter((item) => item.correctedDose !== null)
  if (moves.length === 0) return []
  const from = moves.map(({ record: { preEnrollmentCode }, dose }) => ({ preEnrollmentCode, dose }))
  const movers = await openLineagesAt(db, type.name, from, caller.sandbox)
  const placeholders = moves.flatMap(({ record: { preEnrollmentCode }, dose, correctedDose }) =>
    movers
      .filter((mover) => mover.preEnrollmentCode === preEnrollmentCode && mover.dose === dose)
      .map((mover) => ({ ...mover, id: context.uuid(), dose: correctedDose!, reservedFor: mover.id })),
  )
  return openLineages(db, type.name, placeholders, caller.sandbox)
}
