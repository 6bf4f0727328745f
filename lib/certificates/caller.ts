/** Who acts. A Caller can be made only where somebody was really authenticated (lib/api/caller.ts) or by the program itself (seed, tests). */

declare const proven: unique symbol

export interface Caller {
  readonly kind: 'operator' | 'client' | 'system'
  readonly id: string
  readonly name: string
  /** The facility that the caller acts for; null = all facilities. */
  readonly facilityCode: string | null
  /** What one refused item does to its array: "all" refuses the array, "each" only the item. */
  readonly batch: 'all' | 'each'
  readonly channel: 'api' | 'screen'
  /** Adds and disables operators, facilities and clients. */
  readonly administrator: boolean
  /** A client that tries things out: it sees and makes sandbox certificates alone, and nobody else sees those. */
  readonly sandbox: boolean
  readonly [proven]: true
}

/** Vouches for a caller. Call it only after the proof. */
export function provenCaller(facts: Omit<Caller, typeof proven>): Caller {
  return facts as Caller
}

/** May this caller see and correct what the facility owns? */
export function actsFor(caller: Caller, facilityCode: string): boolean {
  return caller.facilityCode === null || caller.facilityCode === facilityCode
}
