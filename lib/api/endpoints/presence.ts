/** Who is at work on a certificate, and that the person at the screen is still there. */
import { extendedSession, readSessionCookie } from '@/lib/auth/session-cookie'
import { bePresent, leave, whoIsPresent } from '@/lib/desk/presence'
import { Refusal } from '@/lib/errors'
import type { contract } from '../contract'
import { json, type Reply } from '../reply'
import type { Input } from '../serve'

/** PUT /v3/certificates/{certificateId}/presence */
export function here({ context, caller, params }: Input<typeof contract.bePresent>) {
  return bePresent(context, caller, params.certificateId)
}

/** GET /v3/certificates/{certificateId}/presence */
export function others({ context, caller, params }: Input<typeof contract.presence>) {
  return whoIsPresent(context, caller, params.certificateId)
}

/** DELETE /v3/certificates/{certificateId}/presence */
export function gone({ context, caller, params }: Input<typeof contract.leavePresence>) {
  return leave(context, caller, params.certificateId)
}

/** POST /v3/session */
export async function stay({ request }: Input<typeof contract.staySignedIn>): Promise<Reply> {
  const token = await readSessionCookie(request.headers.get('cookie'))
  // It was there a moment ago, when the caller was asked for: its last second has just passed.
  if (!token) throw new Refusal('UNAUTHENTICATED', 'The session is over. Sign in again.')
  const { seconds, longest, cookie, mark } = await extendedSession(token)
  return json({ secondsLeft: seconds, longest, session: mark }, 200, { 'set-cookie': cookie })
}
