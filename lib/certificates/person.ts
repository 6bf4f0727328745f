/** Whom a record is about, and what of, as its type says. Pure. */
import { eventOf, totalOf, type CertificateType } from '@/lib/certificate-types/type'
import { valueAt, type Identity } from './record'
import type { Vouched } from './rules'

type Personal = Pick<CertificateType, 'person'>

/** The person of a record. */
export function personOf(record: unknown, { person }: Personal): Identity {
  const at = (path: string | undefined) => (path === undefined ? undefined : textAt(record, path))
  const [dob, age] = [at(person.birthDate), at(person.age)]
  return { name: at(person.name) ?? '', ...(dob === undefined ? {} : { dob }), ...(age === undefined ? {} : { age }) }
}

/** The person as somebody answered for, name and date of birth each. */
export function vouchedPerson({ name, birth }: Vouched, type: Personal): Identity {
  return { ...personOf(birth, type), name: personOf(name, type).name }
}

/** How many certificates of one code there are to be: 1 where the type counts none. */
export function totalIn(record: unknown, type: CertificateType): number {
  const path = totalOf(type)
  return (path === undefined ? undefined : Number(valueAt(record, path))) || 1
}

/** What a certificate is about besides the person: a vaccine, a test, a profession; "" where the type does not say. */
export function subjectOf(record: unknown, type: CertificateType): string {
  const event = eventOf(type)
  return (event && textAt(record, event.name)) ?? ''
}

function textAt(record: unknown, path: string): string | undefined {
  const value = valueAt(record, path)
  return value === undefined ? undefined : String(value)
}
