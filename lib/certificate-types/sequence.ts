/** What tells the certificates of one code apart: a number, or the minute of an instant. Pure. */
import { fieldsOf, type CertificateType, type Field } from './type'

const MINUTE = 60_000

/** The field that does; undefined for types that issue one certificate to each code. */
export function sequenceFieldOf(type: CertificateType): Field | undefined {
  return fieldsOf(type).find(({ path }) => path === type.lineage.sequence)
}

/** An instant as the number of its minute since 1970. */
export function minuteOf(instant: string): number {
  return Math.floor(Date.parse(instant) / MINUTE)
}

/** The instant that such a number stands for. */
export function instantOf(minute: number): string {
  return new Date(minute * MINUTE).toISOString()
}
