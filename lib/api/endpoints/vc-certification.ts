/** DIVOC 3.0's VC API: payloads, revocations and reads handed to the use cases. */
import { certificatePdf, certificatePictures } from '@/lib/certificates/page'
import { Refusal } from '@/lib/errors'
import { certifyEntity } from '@/lib/vc-certification/certify'
import { certificateHtml } from '@/lib/vc-certification/html'
import { entityCredential, entityPayload, entityTransaction } from '@/lib/vc-certification/read'
import { revokeEntity, unsuspendEntity } from '@/lib/vc-certification/status'
import { contract } from '../contract'
import { document, json, type Reply } from '../reply'
import { preferredMedia } from '../representations'
import { ENTITY_MEDIA } from '../rows/vc-certification'
import { requireScope } from '../scopes'
import type { Input } from '../serve'

type Certify = Input<typeof contract.certifyEntity | typeof contract.updateEntity | typeof contract.replaceEntity>

/** POST and PUT /vc-certification/v1/certify/{entityName} */
export function certify(input: Input<typeof contract.certifyEntity | typeof contract.updateEntity>) {
  return accept(input, input.body)
}

/** PUT /vc-certification/v1/certify/{entityName}/{certificateId} */
export function replace(input: Input<typeof contract.replaceEntity>) {
  const { certificateId } = input.params
  const body = input.body as Record<string, unknown> | null
  const claimed = body?.certificateId ?? certificateId
  if (claimed !== certificateId) {
    const message = 'The address names another certificate than certificateId.'
    const details = [{ index: 0, path: '/certificateId', code: 'VALIDATION_ERROR' as const, message }]
    throw new Refusal('VALIDATION_ERROR', message, details)
  }
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return accept(input, isObject ? { ...body, certificateId } : body)
}

function accept({ context, caller, endpoint, params, headers, scopes }: Certify, body: unknown) {
  const { method, path } = endpoint
  const mayUpdate = () => requireScope(contract.updateEntity, scopes ?? [])
  const { entityName } = params
  const asked = { entityName, body, update: method === 'PUT', mayUpdate }
  return certifyEntity(context, caller, asked, { method, path, idempotencyKey: headers['idempotency-key'] })
}

/** GET /vc-certification/v1/certificate/{entityName}/{certificateId} */
export async function certificate(input: Input<typeof contract.entityCertificate>): Promise<Reply> {
  const { context, caller, params, request } = input
  const { entityName, certificateId } = params
  const row = await entityCredential(context, caller, entityName, certificateId)
  const named = `certificate-${certificateId}`
  switch (preferredMedia(request.headers.get('accept'), ENTITY_MEDIA)) {
    case 'application/json':
      return json(await entityPayload(context, row))
    case 'application/vc+ld+json':
      return document('application/vc+ld+json', row.credential, `${named}.jsonld`)
    case 'application/pdf':
      return document('application/pdf', await certificatePdf(context, caller, certificateId), `${named}.pdf`)
    case 'image/svg+xml': {
      const [first] = await certificatePictures(context, caller, certificateId)
      return document('image/svg+xml', first!, `${named}.svg`)
    }
    case 'text/html': {
      const pictures = await certificatePictures(context, caller, certificateId)
      return document('text/html', await certificateHtml(context, row, pictures), `${named}.html`)
    }
    case null:
      throw new Refusal('NOT_ACCEPTABLE', `Available: ${ENTITY_MEDIA.join(', ')}.`)
  }
}

/** POST /vc-certification/v1/certificate/revoke */
export function revoke(input: Input<typeof contract.revokeEntity>) {
  return revokeEntity(input.context, input.caller, input.body, keyedBy(input))
}

/** DELETE /vc-certification/v1/certificate/{entityName}/{certificateId} */
export function remove(input: Input<typeof contract.removeEntity>) {
  return revokeEntity(input.context, input.caller, input.params, keyedBy(input))
}

/** DELETE /vc-certification/v1/certificate/revoke/{entityName}/{revokedCertificateId} */
export function unsuspend(input: Input<typeof contract.unsuspendEntity>) {
  return unsuspendEntity(input.context, input.caller, input.params, keyedBy(input))
}

/** GET /vc-management/v1/transaction/{transactionId} */
export function transaction({ context, caller, params }: Input<typeof contract.entityTransaction>) {
  return entityTransaction(context, caller, params.transactionId)
}

function keyedBy({ endpoint, headers }: { endpoint: { method: string; path: string }; headers: object }) {
  const key = (headers as { 'idempotency-key'?: string })['idempotency-key']
  return { method: endpoint.method, path: endpoint.path, idempotencyKey: key }
}
