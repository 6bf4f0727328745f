/** Whether what a holder answered fits a record. Pure. */
import { eventOf, type CertificateType } from '@/lib/certificate-types/type'
import { personOf } from '@/lib/certificates/person'
import { valueAt } from '@/lib/certificates/record'

/** What the page asks for: the date of birth; for people whose record has only an age, the year and the end of the identity. */
export type HolderAnswer = { dateOfBirth: string } | { yearOfBirth: number; identityEnd: string }

/** A record and the latest time at which its age was true. */
export interface Answerable {
  type: CertificateType
  record: object
  recordedAt: Date
}

/** Letters and digits of the identity that are asked for. */
const END = 4

/**
 * Does the answer fit? A record with a date of birth is opened by that day alone, one without by the year of birth
 * and the last 4 letters and digits of the identity.
 */
export function answerFits(answer: HolderAnswer, given: Answerable): boolean {
  const { dob } = personOf(given.record, given.type)
  if ('dateOfBirth' in answer) return dob === answer.dateOfBirth
  const end = endOf(identityOf(given))
  const sameEnd = end.length === END && end === endOf(answer.identityEnd)
  return dob === undefined && sameEnd && yearsOfBirth(given).includes(answer.yearOfBirth)
}

/** Can anybody answer for this record? Not without a date of birth and with an identity too short to prove anything. */
export function canBeAnswered(given: Omit<Answerable, 'recordedAt'>): boolean {
  const { dob, age } = personOf(given.record, given.type)
  return dob !== undefined || (age !== undefined && endOf(identityOf(given)).length === END)
}

function identityOf({ record, type }: Omit<Answerable, 'recordedAt'>): string {
  const { identity } = type.person
  return identity === undefined ? '' : String(valueAt(record, identity) ?? '')
}

/** The years in which somebody of this age can be born: at the event (the vaccination), or when the age was recorded. */
function yearsOfBirth({ type, record, recordedAt }: Answerable): number[] {
  const age = Number(personOf(record, type).age)
  const date = valueAt(record, eventOf(type)?.date ?? '')
  const event = typeof date === 'string' ? [new Date(date)] : []
  return [...event, recordedAt].flatMap((at) => {
    const turned = at.getUTCFullYear() - age
    return [turned - 1, turned]
  })
}

/** The last letters and digits, whatever the case and the signs between them. */
function endOf(identity: string): string {
  const plain = identity.normalize('NFKC').toUpperCase()
  const signs = Array.from(plain.replaceAll(/[^\p{L}\p{N}]/gu, ''))
  return signs.slice(-END).join('')
}
