/** Whether what a holder answered fits a record. Pure. */
import type { CertificateRecord } from '@/lib/certificates/record'

/** What the page asks for: the date of birth; for people whose record has only an age, the year and the end of the identity. */
export type HolderAnswer = { dateOfBirth: string } | { yearOfBirth: number; identityEnd: string }

/** A record and the latest time at which its age was true. */
export interface Answerable {
  record: CertificateRecord
  recordedAt: Date
}

/** Letters and digits of the identity that are asked for. */
const END = 4

/**
 * Does the answer fit? A record with a date of birth is opened by that day alone, one without by the year of birth
 * and the last 4 letters and digits of the identity.
 */
export function answerFits(answer: HolderAnswer, { record, recordedAt }: Answerable): boolean {
  const { dob, identity } = record.recipient
  if ('dateOfBirth' in answer) return dob === answer.dateOfBirth
  const end = endOf(identity)
  const sameEnd = end.length === END && end === endOf(answer.identityEnd)
  return dob === undefined && sameEnd && yearsOfBirth(record, recordedAt).includes(answer.yearOfBirth)
}

/** Can anybody answer for this record? Not without a date of birth and with an identity too short to prove anything. */
export function canBeAnswered({ recipient }: CertificateRecord): boolean {
  return recipient.dob !== undefined || endOf(recipient.identity).length === END
}

/** The years in which somebody of this age can be born: at the vaccination, or when the age was recorded. */
function yearsOfBirth({ recipient, vaccination }: CertificateRecord, recordedAt: Date): number[] {
  const age = Number(recipient.age)
  return [new Date(vaccination.date), recordedAt].flatMap((at) => {
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
