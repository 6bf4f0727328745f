/** Operators, facilities and clients, for administrators; the own password. */
import { extendedSession, readSessionCookie, sessionSecret } from '@/lib/auth/session-cookie'
import { Refusal } from '@/lib/errors'
import { addClient, changeClient, endPreviousToken, listClients, oneClient, replaceToken } from '@/lib/people/clients'
import { addFacility, changeFacility, listFacilities, oneFacility } from '@/lib/people/facilities'
import {
  addOperator,
  changeOperator,
  listOperators,
  oneOperator,
  resetPassword,
  resetSecondFactor,
  signOutOperator,
} from '@/lib/people/operators'
import { changeOwnPassword } from '@/lib/people/own-password'
import type { contract } from '../contract'
import { json, type Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/operators */
export const operators = {
  list: ({ context, caller, query }: Of<'operators'>) => listOperators(context, caller, query),
  add: ({ context, caller, body }: Of<'addOperator'>) => addOperator(context, caller, body),
  one: ({ context, caller, params }: Of<'operator'>) => oneOperator(context, caller, params.operatorId),
  change: ({ context, caller, params, body }: Of<'changeOperator'>) =>
    changeOperator(context, caller, params.operatorId, body),
  reset: ({ context, caller, params }: Of<'resetPassword'>) => resetPassword(context, caller, params.operatorId),
  resetSecondFactor: ({ context, caller, params }: Of<'resetSecondFactor'>) =>
    resetSecondFactor(context, caller, params.operatorId),
  signOut: ({ context, caller, params }: Of<'signOutOperator'>) => signOutOperator(context, caller, params.operatorId),
}

/** /v3/facilities */
export const facilities = {
  list: ({ context, caller, query }: Of<'facilities'>) => listFacilities(context, caller, query),
  add: ({ context, caller, body }: Of<'addFacility'>) => addFacility(context, caller, body),
  one: ({ context, params }: Of<'facility'>) => oneFacility(context, params.facilityCode),
  change: ({ context, caller, params, body }: Of<'changeFacility'>) =>
    changeFacility(context, caller, params.facilityCode, body),
}

/** /v3/clients */
export const clients = {
  list: ({ context, query }: Of<'clients'>) => listClients(context, query),
  add: ({ context, caller, body }: Of<'addClient'>) => addClient(context, caller, body),
  one: ({ context, params }: Of<'client'>) => oneClient(context, params.clientId),
  change: ({ context, caller, params, body }: Of<'changeClient'>) =>
    changeClient(context, caller, params.clientId, body),
  replaceToken: ({ context, caller, params, query }: Of<'replaceToken'>) =>
    replaceToken(context, caller, params.clientId, { ...query, expiresInDays: query.expiresInDays ?? null }),
  endPreviousToken: ({ context, caller, params }: Of<'endPreviousToken'>) =>
    endPreviousToken(context, caller, params.clientId),
}

/** POST /v3/password: the session goes on under the mark of the new password. */
export async function changePassword({ context, caller, body, request }: Of<'changePassword'>): Promise<Reply> {
  const session = await readSessionCookie(request.headers.get('cookie'))
  if (!session) throw new Refusal('UNAUTHENTICATED', 'Sign in first.')
  const { passwordMark } = await changeOwnPassword(context, sessionSecret(), caller, session.sid, body)
  const { cookie } = await extendedSession({ ...session, passwordMark })
  return json({ changed: true }, 200, { 'set-cookie': cookie })
}
