/** Setting the own password. */
import { passwordMark } from '@/lib/auth/operator'
import { hashPassword, passwordFits } from '@/lib/auth/passwords'
import { endSessions } from '@/lib/auth/sessions'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { wrongWithPassword } from './password-rules'
import { prove, wrongField } from './step-up'
import { passwordOf, replacePassword } from './store-operators'
import { writeAudit } from './store-writing'

/**
 * Sets an own password and answers its mark, with which the current session goes on; all others end. The old one is asked
 * for, unless it was a one-time password, with which the person signed in just now. Refusals: VALIDATION_ERROR naming the
 * field, TOO_MANY_ATTEMPTS, NOT_ALLOWED (has none here), UNAUTHENTICATED (changed or disabled meanwhile).
 */
export async function changeOwnPassword(
  context: Context,
  secret: string,
  caller: Caller,
  sessionId: string,
  { current = '', password }: { current?: string; password: string },
): Promise<{ passwordMark: string }> {
  const { db } = context
  const known = await passwordOf(db, caller.id)
  if (!known) throw endedMeanwhile()
  if (known.external)
    throw new Refusal('NOT_ALLOWED', 'You have no password here: you come through the sign-in service.')
  if (!known.mustChangePassword) {
    await prove(context, secret, { id: caller.id, ...known }, { password: { field: 'current', value: current } })
  }
  const wrong = wrongWithPassword(password, { ...known, places: placesOf(context, known) })
  if (wrong !== null) throw wrongField('password', wrong)
  if (await passwordFits(known.passwordHash, password)) {
    throw wrongField('password', 'This is the password you have now. Choose another one.')
  }
  const passwordHash = await hashPassword(password)
  await db.$transaction(async (writing) => {
    if (!(await replacePassword(writing, caller.id, known.passwordHash, passwordHash))) throw endedMeanwhile()
    await endSessions(writing, caller.id, context.now(), sessionId)
    const detail = { operatorId: caller.id, oneTime: known.mustChangePassword }
    await writeAudit(writing, caller, context.now(), { action: 'operator.password_changed', detail })
  })
  return { passwordMark: passwordMark(passwordHash) }
}

function placesOf({ settings }: Context, { facilityName }: { facilityName: string | null }): string[] {
  return [settings.issuer.name, ...(facilityName === null ? [] : [facilityName])]
}

function endedMeanwhile(): Refusal {
  return new Refusal('UNAUTHENTICATED', 'Your password was changed meanwhile. Sign in again.')
}
