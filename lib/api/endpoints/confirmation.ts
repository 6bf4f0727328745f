/** Confirmations: the operator's side with a session, the holder's side with nothing but the token of the code. */
import { clientAddress } from '@/lib/auth/origin'
import { readSealedCookie, sealedCookie } from '@/lib/auth/sealed-cookie'
import { sessionSecret } from '@/lib/auth/session-cookie'
import { forgiveAttempts, holderThrottles, takeOrWait } from '@/lib/auth/throttle'
import { hashToken } from '@/lib/auth/tokens'
import type { Context } from '@/lib/certificates/context'
import {
  answerAsHolder,
  askHolder,
  findConfirmation,
  openForHolder,
  TO_ANSWER,
  withdrawConfirmation,
} from '@/lib/desk/confirmation'
import type { contract } from '../contract'
import { json, type Reply } from '../reply'
import type { Input } from '../serve'

/** Binds a code to the phone that opened it. */
const OPENED_HERE = { name: 'errata-confirm', path: '/v3/confirm' }

/** POST /v3/confirmations */
export function ask({ context, caller, body }: Input<typeof contract.askHolder>) {
  return askHolder(context, caller, body.corrections as Parameters<typeof askHolder>[2])
}

/** GET /v3/confirmations/{confirmationId} */
export function state({ context, caller, params }: Input<typeof contract.findConfirmation>) {
  return findConfirmation(context, caller, params.confirmationId)
}

/** DELETE /v3/confirmations/{confirmationId} */
export async function withdraw({ context, caller, params }: Input<typeof contract.withdrawConfirmation>) {
  await withdrawConfirmation(context, caller, params.confirmationId)
  return { withdrawn: true as const }
}

/** GET /v3/confirm/{token} */
export async function open({ context, params, request }: Input<typeof contract.openConfirmation>): Promise<Reply> {
  const { confirmationId, shown } = await counted(context, request, params.token, async () =>
    openForHolder(context, params.token, await openedHere(request)),
  )
  const cookie = await sealedCookie(OPENED_HERE, { sub: confirmationId }, TO_ANSWER / 1000)
  return json(shown, 200, { 'set-cookie': cookie })
}

/** POST /v3/confirm/{token} */
export async function answer({ context, params, body, request }: Input<typeof contract.answerConfirmation>) {
  await counted(context, request, params.token, async () =>
    answerAsHolder(context, params.token, await openedHere(request), body),
  )
  return { taken: true as const }
}

async function openedHere(request: Request): Promise<string | null> {
  const claims = await readSealedCookie(OPENED_HERE, request.headers.get('cookie'))
  return claims?.sub ?? null
}

/** A try counts against the address it comes from, unless it succeeds. */
async function counted<T>(context: Context, request: Request, given: string, work: () => Promise<T>): Promise<T> {
  const { db, settings } = context
  const from = clientAddress(request, settings.trustedProxies)
  const { token, address } = holderThrottles(hashToken(given), from, sessionSecret())
  if (address) await takeOrWait({ db, now: context.now(), timeZone: settings.issuer.timeZone }, address)
  const done = await work()
  if (address) await forgiveAttempts(db, token, address)
  return done
}
