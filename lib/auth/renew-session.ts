/** A session goes on under a new id after somebody said again who they are: its cookie from before is worth nothing. */
import type { Database } from '@/lib/db'
import { idTokenOf, sealedIdToken } from './service-sign-in'

/** Gives an open session of an operator this new id; false when it is over. */
export async function renewSession(
  db: Database,
  secret: string,
  { operatorId, id, newId, at }: { operatorId: string; id: string; newId: string; at: Date },
): Promise<boolean> {
  // Sealed under the id of the session.
  const idToken = await idTokenOf(db, secret, id)
  const sealed = idToken === null ? null : sealedIdToken(secret, newId, idToken)
  const renewed = await db.$executeRaw`
    update operator_session set id = ${newId}::uuid, proved_at = ${at}, id_token = ${sealed}
    where id = ${id}::uuid and operator_id = ${operatorId}::uuid and ended_at is null`
  return renewed === 1
}
