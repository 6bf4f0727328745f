/** Links for holders, and what a holder may ask with one. */
import { sessionSecret } from '@/lib/auth/session-cookie'
import { clientAddress } from '@/lib/auth/origin'
import { listLinks, makeLink, revokeLink } from '@/lib/holders/links'
import { closeLink, linkCredential, linkPdf, openLink, readLink } from '@/lib/holders/open'
import { report } from '@/lib/holders/reports'
import { endedHolderCookie, holderCookie, readHolderSession } from '@/lib/holders/session'
import type { contract } from '../contract'
import { json, Reply } from '../reply'
import { MEDIA } from '../representations'
import type { Input } from '../serve'

/** POST /v3/certificates/{certificateId}/links */
export function make({ context, caller, params, body }: Input<typeof contract.makeHolderLink>) {
  return makeLink(context, caller, params.certificateId, body)
}

/** GET /v3/certificates/{certificateId}/links */
export function list({ context, caller, params }: Input<typeof contract.listHolderLinks>) {
  return listLinks(context, caller, params.certificateId)
}

/** DELETE /v3/links/{linkId} */
export function revoke({ context, caller, params }: Input<typeof contract.revokeHolderLink>) {
  return revokeLink(context, caller, params.linkId)
}

/** POST /v3/holder/{token}/session */
export async function open(input: Input<typeof contract.openHolderLink>): Promise<Reply> {
  const { context, params, body, request } = input
  const address = clientAddress(request, context.settings.trustedProxies)
  const { linkId, view } = await openLink(context, { token: params.token, address, secret: sessionSecret() }, body)
  return json(view, 200, { 'set-cookie': await holderCookie(params.token, linkId) })
}

/** GET /v3/holder/{token} */
export async function read({ context, params, request }: Input<typeof contract.readHolderLink>) {
  return readLink(context, params.token, await readHolderSession(params.token, request))
}

/** DELETE /v3/holder/{token}/session */
export async function close({ context, params, request }: Input<typeof contract.closeHolderLink>): Promise<Reply> {
  await closeLink(context, params.token, await readHolderSession(params.token, request))
  return json({ closed: true }, 200, { 'set-cookie': await endedHolderCookie(params.token) })
}

/** GET /v3/holder/{token}/certificate.pdf */
export async function pdf({ context, params, query, request }: Input<typeof contract.holderPdf>): Promise<Reply> {
  const session = await readHolderSession(params.token, request)
  const { certificateId, bytes } = await linkPdf(context, params.token, session, query.paper)
  const disposition = `attachment; filename="certificate-${certificateId}.pdf"`
  return new Reply({ type: MEDIA.pdf, body: bytes, headers: { 'content-disposition': disposition } })
}

/** GET /v3/holder/{token}/certificate.vc.json */
export async function credential({
  context,
  params,
  request,
}: Input<typeof contract.holderCredential>): Promise<Reply> {
  const session = await readHolderSession(params.token, request)
  const { certificateId, text } = await linkCredential(context, params.token, session)
  const disposition = `attachment; filename="certificate-${certificateId}.vc.json"`
  return new Reply({ type: MEDIA['vc.json'], body: text, headers: { 'content-disposition': disposition } })
}

/** POST /v3/holder/{token}/reports */
export async function send({ context, params, body, request }: Input<typeof contract.sendHolderReport>) {
  return report(context, params.token, await readHolderSession(params.token, request), body)
}
