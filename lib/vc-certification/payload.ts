/** What source systems of DIVOC 3.0 send to certify: its own members checked as DIVOC checks them, the rest as an item of the type. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { readInstant } from '@/lib/certificates/dates'
import { valueAt } from '@/lib/certificates/record'
import { Refusal, type RefusalDetail } from '@/lib/errors'

export interface Payload {
  /** As every door of certify takes it. */
  item: Record<string, unknown>
  /** The certificate that it corrects; null = it is a new one. */
  certificateId: string | null
}

type Shape = Pick<CertificateType, 'sections' | 'flat' | 'lineage'>

/** What every payload says of the credential itself. A type that has fields of these names keeps them; others do without. */
const OF_THE_CREDENTIAL = ['issuer', 'issuanceDate', 'validFrom', 'validTill']

/**
 * Reads a payload. `update`: it has to say in certificateId what it corrects. Refusals: MALFORMED_REQUEST (no object) and
 * VALIDATION_ERROR with DIVOC's sentence for the first thing that is wrong, and a pointer for each.
 */
export function readPayload(body: unknown, type: Shape, timeZone: string, update: boolean): Payload {
  if (!isObject(body)) throw new Refusal('MALFORMED_REQUEST', 'The body must be one JSON object.')
  const wrong = wrongWith(body, timeZone, update)
  if (wrong.length > 0) throw new Refusal('VALIDATION_ERROR', wrong[0]!.message, wrong)
  const { certificateId, ...said } = body
  return { item: itemOf(said, type), certificateId: isAbsent(certificateId) ? null : String(certificateId) }
}

/** A JSON Pointer into an item as one into the payload that it was made of. */
export function pointerInPayload(path: string, item: Record<string, unknown>, { flat, lineage }: Shape): string {
  const isOfKey = path === '/preEnrollmentCode' && lineage.key !== undefined && isAbsent(item.preEnrollmentCode)
  const here = isOfKey ? `/${lineage.key!.replaceAll('.', '/')}` : path
  const section = flat?.find((id) => here.startsWith(`/${id}/`))
  return section === undefined ? here : here.slice(section.length + 1)
}

/** The code that a payload's certificate is found by, undefined where it says none. */
export function codeOf(item: Record<string, unknown>, { lineage }: Shape): unknown {
  const { preEnrollmentCode } = item
  if (!isAbsent(preEnrollmentCode)) return preEnrollmentCode
  const key = lineage.key === undefined ? undefined : valueAt(item, lineage.key)
  return isAbsent(key) ? undefined : key
}

function itemOf(said: Record<string, unknown>, { sections, flat = [] }: Shape): Record<string, unknown> {
  const ids = new Set(sections.map(({ id }) => id))
  const atTop = sections.filter(({ id }) => flat.includes(id))
  const sectionOf = new Map(
    atTop.flatMap(({ id, fields }) => fields.map(({ path }) => [path.split('.')[1]!, id] as const)),
  )
  const members = Object.entries(said)
  const placed = members.filter(([name]) => sectionOf.has(name))
  const inside = atTop.flatMap(({ id, required }) => {
    const fields = placed.filter(([name]) => sectionOf.get(name) === id)
    // Each of its fields is named where a required section is missing.
    return required || fields.length > 0 ? [[id, Object.fromEntries(fields)] as const] : []
  })
  const rest = members.filter(([name]) => !sectionOf.has(name) && (ids.has(name) || !OF_THE_CREDENTIAL.includes(name)))
  return Object.fromEntries([...inside, ...rest])
}

function wrongWith(body: Record<string, unknown>, timeZone: string, update: boolean): RefusalDetail[] {
  const found: RefusalDetail[] = []
  const add = (name: string, message: string) =>
    found.push({ index: 0, path: `/${name}`, code: 'VALIDATION_ERROR', message })
  const { certificateId, issuanceDate, issuer, validFrom, validTill } = body
  const isDate = (value: unknown) => typeof value === 'string' && readInstant(value, timeZone) !== null
  if (isAbsent(certificateId)) {
    if (update) add('certificateId', 'certificateId is missing')
  } else if (typeof certificateId !== 'string') add('certificateId', 'certificateId must be text')
  if (isAbsent(issuanceDate)) add('issuanceDate', 'IssuanceDate is missing')
  else if (!isDate(issuanceDate)) add('issuanceDate', 'IssuanceDate is not in valid format')
  if (isAbsent(issuer)) add('issuer', 'Issuer detail is missing')
  else if (typeof issuer !== 'string' || !URL.canParse(issuer)) add('issuer', 'Invalid Issuer format')
  if (!isAbsent(validFrom) && !isDate(validFrom)) add('validFrom', 'Valid from date is not in valid format')
  if (!isAbsent(validTill) && !isDate(validTill)) add('validTill', 'Valid till date is not in valid format')
  return found
}

function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
