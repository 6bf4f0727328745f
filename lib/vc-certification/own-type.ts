/** A source system changes the certificate types that it made itself, and nobody else's. */
import { makersOf, type Maker } from '@/lib/certificate-types/store'
import type { Caller } from '@/lib/certificates/caller'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'

/**
 * Every version came from this caller, and nobody wrote one of them anew: what administrators added on the screens (a second
 * person, a limit, checks) a schema cannot say, so it would be lost. Refusal NOT_ALLOWED.
 */
export async function requireOwnType(db: Statements, caller: Caller, name: string): Promise<void> {
  const versions = await makersOf(db, name)
  if (versions.every(({ createdById, changed }) => createdById === caller.id && !changed)) return
  throw new Refusal(
    'NOT_ALLOWED',
    `${name} was not made by your schemas alone. Administrators change it on the screens, at /administration/types.`,
  )
}

/** Whether this caller alone decided what is in force so far; where an administrator did, the next version waits for one, too. */
export async function decidesAlone(db: Statements, caller: Caller, name: string): Promise<boolean> {
  const isOwn = ({ publishedById }: Maker) => publishedById === null || publishedById === caller.id
  return !caller.sandbox && (await makersOf(db, name)).every(isOwn)
}
