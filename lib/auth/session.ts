/** Who is signed in, for pages rendered on the server. */
import { cookies } from 'next/headers'
import { database } from '@/lib/db'
import type { CurrentOperator } from './operator'
import { sessionCookieName } from './session-cookie'
import { signedInBy } from './signed-in'

/** The signed-in operator, null when nobody is. Asked once per request, however many components want to know. */
export async function currentOperator(): Promise<CurrentOperator | null> {
  const value = (await cookies()).get(sessionCookieName())?.value
  const signedIn = value ? await signedInBy(database(), value) : null
  return signedIn?.operator ?? null
}
