/** Certify of DIVOC 3.0: one payload becomes a new certificate of an entity, or the next one in the place of another. */
import { typeNamed } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import { acceptCertify, acceptUpdates, type AcceptOptions } from '@/lib/certificates/accept'
import type { ItemResult } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { reaches, requireReach } from '@/lib/certificates/reach'
import { valueAt } from '@/lib/certificates/record'
import { keepVcRequest } from '@/lib/certificates/store-vc-requests'
import { tellVcClients } from '@/lib/certificates/vc-events'
import { countLookUp } from '@/lib/desk/look-ups'
import { Refusal, type RefusalCode } from '@/lib/errors'
import type { CertifyAnswer } from './answers'
import { codeOf, pointerInPayload, readPayload, type Payload } from './payload'
import { namedCertificate, type Named } from './store'

export interface ToCertify {
  /** The type's name, or another one of it. */
  entityName: string
  body: unknown
  /** The payload has to say what it corrects. */
  update: boolean
  /** Throws where this caller may not correct. Asked only when the payload says that it corrects something. */
  mayUpdate: () => void
  /** The id under which the sender follows it, where that is not the one that is answered. */
  ownId?: string
}

/**
 * Accepts one payload: without a certificateId as a new certificate, with it as the correction of exactly that one. The old
 * certificate counts until the moment at which the new one is issued; what cannot be issued replaces nothing. Refusals:
 * SCHEMA_NOT_FOUND, MALFORMED_REQUEST and those of certify and update, with pointers into the payload.
 */
export async function certifyEntity(
  context: Context,
  caller: Caller,
  { entityName, body, update, mayUpdate, ownId }: ToCertify,
  options: Pick<AcceptOptions, 'method' | 'path' | 'idempotencyKey'>,
): Promise<CertifyAnswer> {
  const { type } = await typeNamed(context, entityName)
  const payload = readPayload(body, type, context.settings.issuer.timeZone, update)
  if (payload.certificateId !== null) mayUpdate()
  const alongside: AcceptOptions['alongside'] = async (db, { results: [result] }) => {
    const { transactionId } = result!
    if (transactionId === null || caller.sandbox) return
    const request = { ownId: ownId ?? transactionId, transactionId, entityType: entityName }
    await keepVcRequest(db, request)
    // It may be over already, where the same was asked for before under another id.
    if (ownId !== undefined) await tellVcClients(context, db, [transactionId], ownId)
  }
  const result = await accepted(context, caller, type, payload, { ...options, alongside })
  const warnings = result.warnings.map(({ path, message }) => {
    return { path: pointerInPayload(path, payload.item, type), message }
  })
  return {
    transactionId: result.transactionId,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(result.approval ? { approval: result.approval } : {}),
  }
}

async function accepted(
  context: Context,
  caller: Caller,
  type: CertificateType,
  { item, certificateId }: Payload,
  given: Omit<AcceptOptions, 'door' | 'type'>,
): Promise<ItemResult> {
  // One payload is no array of which some could be taken.
  const one: Caller = { ...caller, batch: 'all' }
  const options = { ...given, door: 'v3', type: type.name } as const
  try {
    if (certificateId === null) return (await acceptCertify(context, one, [item], options)).results[0]!
    const whole = await completed(context, caller, type, item, certificateId)
    const { results } = await acceptUpdates(context, one, [whole], { ...options, ifMatch: [certificateId] })
    return results[0]!
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.details.length > 0) throw inPayload(thrown, item, type)
    throw thrown
  }
}

/**
 * The item with what its certificate says of itself; refused where the certificate is beyond the caller's reach, of which
 * nothing else is said, or another entity's or another one's.
 */
async function completed(
  context: Context,
  caller: Caller,
  type: CertificateType,
  item: Record<string, unknown>,
  certificateId: string,
): Promise<Record<string, unknown>> {
  const named = await namedCertificate(context.db, certificateId, caller.sandbox, context.now())
  // What is the caller's own is sent to be corrected; everything else is a look at what others have.
  if (!named || !reaches(caller, named)) await countLookUp(context, caller, { certificateId })
  if (named) requireReach(caller, named)
  if (named?.type !== type.name) {
    throw refusal(
      'CERTIFICATE_NOT_FOUND',
      '/certificateId',
      `There is no certificate ${certificateId} of ${type.name}.`,
    )
  }
  refuseOther(type, item, named)
  const { preEnrollmentCode, programId } = named
  return {
    ...item,
    ...(codeOf(item, type) === undefined ? { preEnrollmentCode } : {}),
    ...(item.programId === undefined ? { programId } : {}),
  }
}

/** What a certificate is about stays: who wants another one certifies it. */
function refuseOther(type: CertificateType, item: Record<string, unknown>, named: Named): void {
  const { key, sequence } = type.lineage
  const code = codeOf(item, type)
  if (code !== undefined && code !== named.preEnrollmentCode) {
    const path = key === undefined || item.preEnrollmentCode ? 'preEnrollmentCode' : key
    throw refusal('VALIDATION_ERROR', pointerTo(path), 'certificateId names a certificate of somebody else.')
  }
  const number = sequence === undefined ? undefined : valueAt(item, sequence)
  if (typeof number === 'number' && number !== named.dose) {
    const message = `certificateId names a certificate of number ${named.dose} here.`
    throw refusal('VALIDATION_ERROR', pointerTo(sequence!), message)
  }
}

function refusal(code: RefusalCode, path: string, message: string): Refusal {
  return new Refusal(code, message, [{ index: 0, path, code, message }])
}

/** The same refusal in the words of who sent the payload: its places, and how it is corrected here. */
function inPayload(
  { code, message, details, retryAfter }: Refusal,
  item: Record<string, unknown>,
  type: CertificateType,
) {
  const said = (one: { code: string; message: string }) =>
    one.code === 'ALREADY_CERTIFIED'
      ? one.message.replace(/To change it .*$/, 'To change it send it with its certificateId.')
      : one.message
  // Where a field stands for the code, what is wrong with it is said in the words of that field.
  const key = type.lineage.key === undefined ? null : pointerTo(type.lineage.key)
  const isSaidTwice = key !== null && !item.preEnrollmentCode && details.some(({ path }) => path === key)
  const own = isSaidTwice ? details.filter(({ path }) => path !== '/preEnrollmentCode') : details
  const mapped = own.map((one) => ({ ...one, path: pointerInPayload(one.path, item, type), message: said(one) }))
  return new Refusal(code, isSaidTwice ? mapped[0]!.message : said({ code, message }), mapped, retryAfter)
}

function pointerTo(path: string): string {
  return `/${path.replaceAll('.', '/')}`
}
