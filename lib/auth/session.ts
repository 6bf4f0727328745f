/** Who is signed in, for pages rendered on the server. */
import { cookies } from 'next/headers'
import { cache } from 'react'
import { database } from '@/lib/db'
import { operatorOf, type CurrentOperator } from './operator'
import { decodeSession, sessionCookieName } from './session-cookie'

/** The signed-in operator, null when nobody is. Asked once per request, however many components want to know. */
export const currentOperator = cache(async (): Promise<CurrentOperator | null> => {
  const value = (await cookies()).get(sessionCookieName())?.value
  const token = value ? await decodeSession(value) : null
  return token ? operatorOf(database(), token) : null
})
