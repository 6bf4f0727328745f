/** Revoking, suspending and un-suspending as DIVOC 3.0 asks for it, with its answers. */
import { typeNamed } from '@/lib/certificate-types/live'
import type { StatusChange } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { readInstant } from '@/lib/certificates/dates'
import type { Keyed } from '@/lib/certificates/once-per-key'
import { requireReach } from '@/lib/certificates/reach'
import { reissuedAs } from '@/lib/certificates/store-change-status'
import { Refusal, type RefusalCode } from '@/lib/errors'
import type { RevokeAnswer, UnsuspendAnswer } from './answers'
import { namedCertificate, type Named } from './store'

export interface ToRevoke {
  entityName: string
  certificateId: string
  /** With it the certificate is suspended until then; without it revoked for good. */
  endDate?: string | null
}

/** This API has no place for a reason. */
const REASON = { cause: 'other' } as const

/**
 * Revokes a certificate, or suspends it until `endDate`. Refusals: SCHEMA_NOT_FOUND, ENTRY_NOT_FOUND, VALIDATION_ERROR
 * (endDate), NOT_YOUR_FACILITY, STALE_VERSION (it was corrected: its newest certificate counts), ALREADY_REVOKED (also for one
 * that is suspended when it is to be suspended).
 */
export async function revokeEntity(
  context: Context,
  caller: Caller,
  { entityName, certificateId, endDate }: ToRevoke,
  keyed: Keyed,
): Promise<RevokeAnswer> {
  const until = endDate ? endOf(endDate, context) : null
  const named = await entryOf(context, caller, entityName, certificateId)
  if (!named) throw refusal('ENTRY_NOT_FOUND', '/certificateId', `Entry for ${certificateId} not found`)
  if (until && named.state === 'suspended') throw alreadyRevoked(certificateId, 'is suspended')
  let changed: StatusChange
  try {
    const change = { certificateId, action: until ? 'suspend' : 'revoke', reason: REASON, until } as const
    changed = await changeStatus(context, caller, change, keyed)
  } catch (thrown) {
    if (isOf(thrown, 'CERTIFICATE_REVOKED')) throw alreadyRevoked(certificateId, 'was revoked')
    throw thrown
  }
  if (changed.status === 'unchanged') throw alreadyRevoked(certificateId, 'was revoked')
  return { message: 'Certificate Revoked', certificateRevokeResponse: changed }
}

/**
 * Ends a suspension; one that is over already leaves nothing to do. Refusals: SCHEMA_NOT_FOUND, ENTRY_NOT_FOUND,
 * REVOKED_FOR_GOOD, STALE_VERSION, NOT_YOUR_FACILITY.
 */
export async function unsuspendEntity(
  context: Context,
  caller: Caller,
  { entityName, certificateId }: Omit<ToRevoke, 'endDate'>,
  keyed: Keyed,
): Promise<UnsuspendAnswer> {
  const notFound = new Refusal('ENTRY_NOT_FOUND', 'Record not found.')
  if (!(await entryOf(context, caller, entityName, certificateId))) throw notFound
  try {
    await changeStatus(context, caller, { certificateId, action: 'lift', reason: REASON }, keyed)
  } catch (thrown) {
    if (isOf(thrown, 'NOT_SUSPENDED')) throw notFound
    if (isOf(thrown, 'CERTIFICATE_REVOKED')) {
      throw new Refusal('REVOKED_FOR_GOOD', 'Deletion is not allowed as Certificate is revoked permanently.')
    }
    throw thrown
  }
  return { message: 'Delete revoked certificate request sent successfully' }
}

/**
 * An issued certificate of this entity, or the one in its place when it was only issued anew since then; null where there is
 * none of this number. Refusal NOT_YOUR_FACILITY before anything else.
 */
async function entryOf(context: Context, caller: Caller, entityName: string, certificateId: string) {
  const { type } = await typeNamed(context, entityName)
  const newest = (await reissuedAs(context.db, [certificateId])).get(certificateId) ?? certificateId
  const named = await namedCertificate(context.db, newest, caller.sandbox, context.now())
  if (named) requireReach(caller, named)
  const isIssued = named?.type === type.name && named.state !== null
  return isIssued ? (named as Named) : null
}

function endOf(endDate: string, { settings, now }: Context): Date {
  const until = readInstant(endDate, settings.issuer.timeZone)
  if (!until) throw refusal('VALIDATION_ERROR', '/endDate', 'endDate is not in valid format')
  if (until <= now()) throw refusal('VALIDATION_ERROR', '/endDate', 'endDate should not be in the past')
  return until
}

function alreadyRevoked(certificateId: string, why: string): Refusal {
  return new Refusal('ALREADY_REVOKED', `Certificate ${certificateId} is already revoked: it ${why}.`)
}

function refusal(code: RefusalCode, path: string, message: string): Refusal {
  return new Refusal(code, message, [{ index: 0, path, code, message }])
}

function isOf(thrown: unknown, code: RefusalCode): boolean {
  return thrown instanceof Refusal && thrown.code === code
}
