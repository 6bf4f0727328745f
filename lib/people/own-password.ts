/** Setting the own password. */
import { hashPassword, passwordFits } from '@/lib/auth/passwords'
import { passwordMark } from '@/lib/auth/operator'
import { forgiveAttempts, takeAttempt, throttlesFor } from '@/lib/auth/throttle'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { wrongWithPassword } from './password-rules'
import { passwordOf, replacePassword } from './store-operators'
import { writeAudit } from './store-writing'

/**
 * Sets an own password and answers its mark, with which the current session goes on; all others end. The old one is asked
 * for, unless it was a one-time password, with which the person signed in just now. Refusals: VALIDATION_ERROR naming the
 * field, TOO_MANY_ATTEMPTS, UNAUTHENTICATED (changed or disabled meanwhile).
 */
export async function changeOwnPassword(
  context: Context,
  secret: string,
  caller: Caller,
  { current = '', password }: { current?: string; password: string },
): Promise<{ passwordMark: string }> {
  const { db } = context
  const known = await passwordOf(db, caller.id)
  if (!known) throw endedMeanwhile()
  if (!known.mustChangePassword) await provePassword(context, secret, known, current)
  const wrong = wrongWithPassword(password, known)
  if (wrong !== null) throw refused('password', wrong)
  if (await passwordFits(known.passwordHash, password)) {
    throw refused('password', 'This is the password you have now. Choose another one.')
  }
  const passwordHash = await hashPassword(password)
  await db.$transaction(async (writing) => {
    if (!(await replacePassword(writing, caller.id, known.passwordHash, passwordHash))) throw endedMeanwhile()
    const detail = { operatorId: caller.id, oneTime: known.mustChangePassword }
    await writeAudit(writing, caller, context.now(), { action: 'operator.password_changed', detail })
  })
  return { passwordMark: passwordMark(passwordHash) }
}

/** An unlocked screen must not be a place to guess: a wrong password counts as at the sign-in. */
async function provePassword(
  { db, now }: Context,
  secret: string,
  known: { username: string; passwordHash: string },
  current: string,
): Promise<void> {
  const { account } = throttlesFor(known.username, null, secret)
  const lockedUntil = await takeAttempt(db, account, now())
  if (lockedUntil) {
    const seconds = Math.max(1, Math.ceil((lockedUntil.getTime() - now().getTime()) / 1000))
    const minutes = Math.ceil(seconds / 60)
    throw new Refusal('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${minutes} minutes.`, [], seconds)
  }
  if (!(await passwordFits(known.passwordHash, current))) throw refused('current', 'This is not your password.')
  await forgiveAttempts(db, account, null)
}

function refused(field: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: `/${field}`, code: 'VALIDATION_ERROR', message }])
}

function endedMeanwhile(): Refusal {
  return new Refusal('UNAUTHENTICATED', 'Your password was changed meanwhile. Sign in again.')
}
