/** What an update keeps of the certificate before without mentioning it. Pure: for browsers, too. */
import type { CertificateRecord } from './record'

/** An update replaces the four sections; programme, comorbidities and meta are kept when the request does not mention them. */
export function withKept(record: CertificateRecord, previous: CertificateRecord): CertificateRecord {
  return {
    ...record,
    ...kept('programId', record, previous),
    ...kept('comorbidities', record, previous),
    ...kept('meta', record, previous),
  }
}

function kept<K extends keyof CertificateRecord>(key: K, record: CertificateRecord, previous: CertificateRecord) {
  const value = record[key] ?? previous[key]
  return value === undefined ? {} : { [key]: value }
}
