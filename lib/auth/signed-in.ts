/** Who a session cookie stands for. A page asks once while it is drawn, however many answers it brings; a request asks each time. */
import { cache } from 'react'
import type { Database } from '@/lib/db'
import { operatorOf, type CurrentOperator } from './operator'
import { decodeSession, type SessionToken } from './session-cookie'

export interface SignedIn {
  session: SessionToken
  operator: CurrentOperator
}

/** The session and the person behind a cookie's value; null when it is forged, over or ended, or the person may not get in. */
export const signedInBy = cache(async (db: Database, value: string): Promise<SignedIn | null> => {
  const session = await decodeSession(value)
  const operator = session && (await operatorOf(db, session))
  return operator && { session, operator }
})
