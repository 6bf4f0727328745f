/** Asking again who somebody is, before something that would outlast the moment at an unlocked screen. */
import { passwordFits } from '@/lib/auth/passwords'
import { redeemCode, secondFactorOf } from '@/lib/auth/second-factor'
import { forgiveAttempts, giveBackAttempt, stepUpThrottle, takeAttempt } from '@/lib/auth/throttle'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'

/** Whose password it is. */
export interface Known {
  id: string
  passwordHash: string
}

export interface Proof {
  /** Name of the field in the request, and what was typed. */
  password?: { field: string; value: string }
  code?: { field: string; value: string }
}

/**
 * Checks what is given; wrong answers are counted as at the sign-in, and apart from it. Where somebody has a second factor
 * a password alone does not start the count anew: who knows it could guess codes without end. Refusals: VALIDATION_ERROR
 * at the field, TOO_MANY_ATTEMPTS.
 */
export async function prove(
  { db, now }: Context,
  secret: string,
  known: Known,
  { password, code }: Proof,
): Promise<void> {
  const throttle = stepUpThrottle(known.id, secret)
  const lockedUntil = await takeAttempt(db, throttle, now())
  if (lockedUntil) {
    const seconds = Math.max(1, Math.ceil((lockedUntil.getTime() - now().getTime()) / 1000))
    const minutes = Math.ceil(seconds / 60)
    throw new Refusal('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${minutes} minutes.`, [], seconds)
  }
  if (password && !(await passwordFits(known.passwordHash, password.value))) {
    throw wrongField(password.field, 'This is not your password.')
  }
  if (code && !(await redeemCode(db, known.id, code.value, now()))) {
    throw wrongField(code.field, 'This code does not fit. Each code works once, and for half a minute only.')
  }
  const whole = code !== undefined || (await secondFactorOf(db, known.id)).confirmedAt === null
  if (whole) await forgiveAttempts(db, throttle, null)
  else await giveBackAttempt(db, throttle)
}

/** What is wrong with one field of the request. */
export function wrongField(field: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: `/${field}`, code: 'VALIDATION_ERROR', message }])
}
