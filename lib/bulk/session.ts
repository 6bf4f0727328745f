/** Where a mistake comes from: how many certificates of the same facility and day say the same as one of them. */
import { publishedType } from '@/lib/certificate-types/live'
import { eventOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { dayIn, readInstant } from '@/lib/certificates/dates'
import { requireReach } from '@/lib/certificates/reach'
import { lineageOfCertificate, type LineageRow } from '@/lib/certificates/store-read'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { SameAnswer } from './answers'
import { textAt } from './rows'
import { countSame, type Session } from './store-session'

/** A session as one of its certificates tells it. */
export interface SessionOf {
  session: Session
  type: CertificateType
  lineage: LineageRow
  /** The current certificate, and what it says. */
  certificateId: string
  record: object
}

/** What the certificates of a session have in common with one. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NO_SESSION. */
export async function sameInSession(context: Context, caller: Caller, certificateId: string): Promise<SameAnswer> {
  const found = await sessionOf(context, context.db, caller, certificateId)
  const { session, type, lineage, record } = found
  const fields = sharedFields(type).flatMap((field) => {
    const value = sharedValue(field, record, session.timeZone)
    return value === '' ? [] : [{ field, value, path: field.path, isInstant: field.kind === 'instant' }]
  })
  const { total, counts } = await countSame(context.db, session, fields)
  return {
    certificateId: found.certificateId,
    facility: { code: lineage.facilityCode, name: lineage.facilityName },
    day: session.day,
    total,
    fields: fields.map(({ field, value }, at) => ({ path: field.path, label: field.label, value, count: counts[at]! })),
  }
}

export async function sessionOf(
  context: Context,
  db: Statements,
  caller: Caller,
  certificateId: string,
): Promise<SessionOf> {
  const at = context.now()
  const lineage = await lineageOfCertificate(db, certificateId, at, caller.sandbox)
  if (!lineage) throw new Refusal('NOT_FOUND', 'There is no certificate with this number.')
  requireReach(caller, lineage)
  const type = await publishedType(context, lineage.type)
  const head = lineage.certificates.find((one) => one.certificateId === lineage.headCertificateId)
  const record = lineage.transactions.find((one) => one.id === head?.transactionId)?.record
  const path = eventOf(type)?.date
  if (path === undefined || !record) throw new Refusal('NO_SESSION', 'Certificates of this type belong to no day.')
  const { timeZone } = context.settings.issuer
  const day = dayOf(textAt(record, path), timeZone)
  const session = { facilityCode: lineage.facilityCode, type: type.name, path, day, timeZone, at }
  return { session, type, lineage, certificateId: head!.certificateId, record }
}

/** Fields that several people share: not of the person, not hidden, and such as can be corrected. */
export function sharedFields(type: CertificateType): Field[] {
  const ofPerson = new Set(
    [type.person.name, type.person.birthDate, type.person.age].map((path) => path?.split('.')[0]),
  )
  const { sequence, key } = type.lineage
  return type.sections
    .filter(({ id }) => !ofPerson.has(id))
    .flatMap(({ fields }) => fields)
    .filter(
      ({ masked, locked, path, kind }) =>
        !masked && locked === undefined && path !== sequence && path !== key && kind !== 'contacts',
    )
}

/** What is compared: of a date-time the day, of everything else the text. */
export function sharedValue({ path, kind }: Field, record: unknown, timeZone: string): string {
  const text = textAt(record, path).trim()
  return kind === 'instant' ? dayOf(text, timeZone) : text
}

function dayOf(text: string, timeZone: string): string {
  const instant = text.includes('T') ? readInstant(text, timeZone) : null
  return instant ? dayIn(instant, timeZone) : text.slice(0, 10)
}
