/** The dose numbers that a certificate can be moved to, and why not to the others. Pure. */
import type { DosesAnswer } from '@/lib/api/contract'

export interface Target {
  dose: number
  /** Why nothing can be moved here; null = free. */
  blocked: 'taken' | 'other_facility' | 'kept' | null
  /** Somebody was here before: the last certificate was revoked. */
  freeAgain: boolean
}

/**
 * All numbers from 1 to one beyond the last that means something (the total, or the highest that is taken), without the
 * certificate's own. `totalDoses` is that of the certificate.
 */
export function targetsOf({ dose: own, doses, kept }: DosesAnswer, totalDoses: number): Target[] {
  const last = Math.min(1000, Math.max(totalDoses, own, ...kept, ...doses.map(({ dose }) => dose)) + 1)
  return Array.from({ length: last }, (_, index) => index + 1)
    .filter((dose) => dose !== own)
    .map((dose) => {
      const there = doses.find((one) => one.dose === dose)
      const blocked = kept.includes(dose)
        ? ('kept' as const)
        : !there?.taken
          ? null
          : there.blocked === 'other_facility'
            ? ('other_facility' as const)
            : ('taken' as const)
      return { dose, blocked, freeAgain: blocked === null && there?.blocked === 'revoked' }
    })
}
