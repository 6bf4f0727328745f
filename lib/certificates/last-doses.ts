/** Which doses may be revoked: the last ones, without a gap. Somebody without a first dose cannot have a second. Pure. */
import { Refusal } from '@/lib/errors'

export interface Dosed {
  dose: number
}

/**
 * The rows at these doses. Refusal VALIDATION_ERROR unless the doses follow one another and the greatest one present is
 * among them. A dose that is named and has nothing is passed over, as long as it leaves no gap.
 */
export function lastDoses<T extends Dosed>(present: readonly T[], doses: readonly number[]): T[] {
  const named = [...new Set(doses)].sort((a, b) => a - b)
  const greatest = Math.max(...present.map((row) => row.dose))
  if (named.length === 0) throw new Refusal('VALIDATION_ERROR', 'Name the doses to revoke, or say allDoses=true.')
  if (named.some((dose, at) => at > 0 && dose !== named[at - 1]! + 1)) {
    throw new Refusal('VALIDATION_ERROR', 'The doses have to follow one another.')
  }
  if (!named.includes(greatest)) {
    throw new Refusal('VALIDATION_ERROR', `The greatest dose, ${greatest}, has to be among the doses to revoke.`)
  }
  return present.filter((row) => named.includes(row.dose))
}
