/** The own account: second factor, recovery codes, sessions. */
import { CONNECTING, CONNECTING_SECONDS } from '@/lib/auth/connecting'
import { sealedCookie } from '@/lib/auth/sealed-cookie'
import { signOutAddress } from '@/lib/auth/service-provider'
import { idTokenOf } from '@/lib/auth/service-sign-in'
import {
  endedSessionCookie,
  extendedSession,
  readSessionCookie,
  sessionSecret,
  type SessionToken,
} from '@/lib/auth/session-cookie'
import { Refusal } from '@/lib/errors'
import {
  beginOwnSecondFactor,
  confirmOwnSecondFactor,
  disconnectOwnService,
  endOtherSessions,
  endOwnSession,
  proveAgain,
  proveForConnecting,
  readAccount,
  removeOwnSecondFactor,
  replaceRecoveryCodes,
  type Own,
} from '@/lib/people/account'
import type { Caller } from '@/lib/certificates/caller'
import type { contract } from '../contract'
import { json, type Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/account */
export const account = {
  read: async (input: Of<'account'>) => readAccount(input.context, await ownOf(input)),
  begin: async (input: Of<'beginSecondFactor'>) => beginOwnSecondFactor(input.context, await ownOf(input), input.body),
  async confirm(input: Of<'confirmSecondFactor'>): Promise<Reply> {
    const { recoveryCodes, sessionId } = await confirmOwnSecondFactor(input.context, await ownOf(input), input.body)
    return json({ recoveryCodes }, 200, { 'set-cookie': await cookieUnder(sessionId, input.request) })
  },
  async prove(input: Of<'proveAgain'>): Promise<Reply> {
    const sessionId = await proveAgain(input.context, await ownOf(input), input.body)
    return json({ proved: true }, 200, { 'set-cookie': await cookieUnder(sessionId, input.request) })
  },
  remove: async (input: Of<'removeSecondFactor'>) =>
    removeOwnSecondFactor(input.context, await ownOf(input), input.body),
  newCodes: async (input: Of<'newRecoveryCodes'>) =>
    replaceRecoveryCodes(input.context, await ownOf(input), input.body),
  disconnect: async (input: Of<'disconnectService'>) => disconnectOwnService(input.context, await ownOf(input)),
  endSession: async (input: Of<'endSession'>) =>
    endOwnSession(input.context, await ownOf(input), input.params.sessionId),
  endOthers: async (input: Of<'endOtherSessions'>) => endOtherSessions(input.context, await ownOf(input)),
}

/** POST /v3/account/connect: the wish goes to the service and back in a cookie that says nothing in another session. */
export async function connectService(input: Of<'connectService'>): Promise<Reply> {
  const own = await ownOf(input)
  await proveForConnecting(input.context, own, input.body)
  const cookie = await sealedCookie(CONNECTING, { sid: own.sessionId }, CONNECTING_SECONDS)
  return json({ mayConnect: true }, 200, { 'set-cookie': cookie })
}

/** DELETE /v3/session: over here at once; at the sign-in service the browser says good-bye itself. */
export async function signOut(input: Of<'signOut'>): Promise<Reply> {
  const { context } = input
  const { caller, sessionId, secret } = await ownOf(input)
  const { oidc, publicUrl } = context.settings
  const idToken = oidc && (await idTokenOf(context.db, secret, sessionId))
  await endOwnSession(context, { caller, sessionId, secret }, sessionId)
  const continueAt = oidc && idToken ? await signOutAddress(oidc, idToken, `${publicUrl}/sign-in`) : null
  return json({ continueAt }, 200, { 'set-cookie': endedSessionCookie() })
}

/** The cookie with which the session goes on under a new id. */
async function cookieUnder(sid: string, request: Request): Promise<string> {
  const { cookie } = await extendedSession({ ...(await sessionOf(request)), sid })
  return cookie
}

async function ownOf({ caller, request }: { caller: Caller; request: Request }): Promise<Own> {
  return { caller, sessionId: (await sessionOf(request)).sid, secret: sessionSecret() }
}

async function sessionOf(request: Request): Promise<SessionToken> {
  const session = await readSessionCookie(request.headers.get('cookie'))
  if (!session) throw new Refusal('UNAUTHENTICATED', 'Sign in first.')
  return session
}
