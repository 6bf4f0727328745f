/** Rows of the contract. The own account of an operator, and what administrators do about other people's sessions and second factors. */
import { z } from 'zod'
import {
  accountView,
  clientView,
  disconnected,
  mayConnect,
  operatorView,
  proved,
  recoveryCodesMade,
  secondFactorBegun,
  secondFactorRemoved,
  sessionsEnded,
  signedOut,
} from '@/lib/people/answers'
import { endpoint, type Endpoint } from '../endpoint'

const own = { door: 'v3', who: 'person' } as const
const administered = { door: 'v3', who: 'person' } as const

const password = z.string().max(2048).describe('The password of today')
const code = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(64)
  .regex(/^[^\u0000]*$/)
const codeIfAny = code.optional().describe('Of the app, or a recovery code; needed where there is a second factor')
const byOperator = z.object({ operatorId: z.string().min(1) })

const account = endpoint({
  ...own,
  operation: 'account',
  method: 'GET',
  path: '/v3/account',
  summary: 'The own account: second factor and sessions',
  beforeSecondFactor: true,
  ok: { 'application/json': accountView },
  refusals: [],
})

const proveAgain = endpoint({
  ...own,
  operation: 'proveAgain',
  method: 'POST',
  path: '/v3/account/proof',
  summary: 'Say again who you are',
  description:
    'For ten minutes nothing asks again. The session goes on under a new id: its cookie from before is worth nothing.',
  body: {
    schema: z.object({ password, code: codeIfAny }),
    checked: true,
    example: { password: 'three words and a number 7', code: '492039' },
  },
  ok: { 'application/json': proved },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

const beginSecondFactor = endpoint({
  ...own,
  operation: 'beginSecondFactor',
  method: 'POST',
  path: '/v3/account/second-factor',
  summary: 'Begin a second factor, or its move to another phone',
  description: 'The secret counts when a code of it is confirmed; until then everything stays as it is.',
  beforeSecondFactor: true,
  body: {
    schema: z.object({
      password: password.optional().describe('Not needed while a second factor is due'),
      code: codeIfAny,
    }),
    checked: true,
    example: { password: 'three words and a number 7', code: '492039' },
  },
  ok: { 'application/json': secondFactorBegun },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS', 'PROOF_REQUIRED'],
})

const confirmSecondFactor = endpoint({
  ...own,
  operation: 'confirmSecondFactor',
  method: 'POST',
  path: '/v3/account/second-factor/confirm',
  summary: 'Confirm the second factor with a code of the app',
  description: 'The answer holds ten recovery codes. All other sessions of the operator end.',
  beforeSecondFactor: true,
  body: { schema: z.object({ code }), checked: true, example: { code: '492039' } },
  ok: { 'application/json': recoveryCodesMade },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

const twice = { schema: z.object({ password, code }), checked: true } as const
const twiceExample = { password: 'three words and a number 7', code: '492039' }

const removeSecondFactor = endpoint({
  ...own,
  operation: 'removeSecondFactor',
  method: 'POST',
  path: '/v3/account/second-factor/remove',
  summary: 'Do without the second factor',
  body: { ...twice, example: twiceExample },
  ok: { 'application/json': secondFactorRemoved },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

const newRecoveryCodes = endpoint({
  ...own,
  operation: 'newRecoveryCodes',
  method: 'POST',
  path: '/v3/account/recovery-codes',
  summary: 'Ten new recovery codes in place of the old ones',
  body: { ...twice, example: twiceExample },
  ok: { 'application/json': recoveryCodesMade },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

const connectService = endpoint({
  ...own,
  operation: 'connectService',
  method: 'POST',
  path: '/v3/account/connect',
  summary: 'Allow connecting the own account with the sign-in service',
  description: 'For ten minutes and in this session: whoever signs in at the service then gets in as this operator.',
  body: { schema: z.object({ password, code: codeIfAny }), checked: true, example: twiceExample },
  ok: { 'application/json': mayConnect },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS', 'NOT_FOUND'],
})

const disconnectService = endpoint({
  ...own,
  operation: 'disconnectService',
  method: 'DELETE',
  path: '/v3/account/connect',
  summary: 'End the connection with the sign-in service',
  description:
    'All other sessions of the operator end. From then on the password leads to the account, and nothing else.',
  ok: { 'application/json': disconnected },
  refusals: ['NOT_FOUND'],
})

const endSession = endpoint({
  ...own,
  operation: 'endSession',
  method: 'DELETE',
  path: '/v3/account/sessions/{sessionId}',
  summary: 'Sign out somewhere else, at once',
  params: z.object({ sessionId: z.string().min(1) }),
  ok: { 'application/json': sessionsEnded },
  refusals: ['NOT_FOUND'],
})

const endOtherSessions = endpoint({
  ...own,
  operation: 'endOtherSessions',
  method: 'DELETE',
  path: '/v3/account/sessions',
  summary: 'Sign out everywhere else, at once',
  ok: { 'application/json': sessionsEnded },
  refusals: [],
})

const signOut = endpoint({
  ...own,
  operation: 'signOut',
  method: 'DELETE',
  path: '/v3/session',
  summary: 'End this session',
  beforeOwnPassword: true,
  beforeSecondFactor: true,
  ok: { 'application/json': signedOut },
  refusals: [],
})

const resetSecondFactor = endpoint({
  ...administered,
  operation: 'resetSecondFactor',
  method: 'DELETE',
  path: '/v3/operators/{operatorId}/second-factor',
  summary: "Take an operator's second factor away",
  description: 'For somebody who lost phone and recovery codes. The sessions end.',
  params: byOperator,
  ok: { 'application/json': operatorView },
  refusals: ['NOT_FOUND'],
})

const signOutOperator = endpoint({
  ...administered,
  operation: 'signOutOperator',
  method: 'DELETE',
  path: '/v3/operators/{operatorId}/sessions',
  summary: 'Sign an operator out everywhere, at once',
  params: byOperator,
  ok: { 'application/json': sessionsEnded },
  refusals: ['NOT_FOUND'],
})

const endPreviousToken = endpoint({
  ...administered,
  operation: 'endPreviousToken',
  method: 'DELETE',
  path: '/v3/clients/{clientId}/token',
  summary: 'Stop the token before the present one, before its time',
  params: z.object({ clientId: z.string().min(1) }),
  ok: { 'application/json': clientView },
  refusals: ['NOT_FOUND'],
})

export const identity = {
  account,
  proveAgain,
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  newRecoveryCodes,
  connectService,
  disconnectService,
  endSession,
  endOtherSessions,
  signOut,
  resetSecondFactor,
  signOutOperator,
  endPreviousToken,
} satisfies Record<string, Endpoint>
