/** Who acts. A Caller can be made only where somebody was really authenticated (lib/api/caller.ts) or by the program itself (seed, tests). */
import type { Role } from '@/lib/auth/roles'

declare const proven: unique symbol

export interface Caller {
  readonly kind: 'operator' | 'client' | 'system'
  readonly id: string
  readonly name: string
  /** The home facility, which owns what the caller certifies; null = none. Says nothing about what may be seen (reach.ts). */
  readonly facilityCode: string | null
  /** Whose certificates the caller may see and change; null = all facilities'. Asked by reach.ts alone. */
  readonly facilities: readonly string[] | null
  /** The only programmes that the caller deals with ("" = without one); null = all. Asked by reach.ts alone. */
  readonly programs: readonly string[] | null
  /** What one refused item does to its array: "all" refuses the array, "each" only the item. */
  readonly batch: 'all' | 'each'
  readonly channel: 'api' | 'screen'
  /** Of a person. A source system has scopes instead, a holder and the program itself have neither. */
  readonly roles: readonly Role[]
  /** A client that tries things out: it sees and makes sandbox certificates alone, and nobody else sees those. */
  readonly sandbox: boolean
  /** Of the request that is answered, for the logs; none where it is no request. */
  readonly requestId?: string
  /** The trace that this request is part of (W3C traceparent), for whoever goes on with it. */
  readonly traceparent?: string
  readonly [proven]: true
}

/** Vouches for a caller. Call it only after the proof. */
export function provenCaller(facts: Omit<Caller, typeof proven>): Caller {
  return facts as Caller
}

/** Whether a person has a role. */
export function has({ roles }: Pick<Caller, 'roles'>, role: Role): boolean {
  return roles.includes(role)
}
