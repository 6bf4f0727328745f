/** What DIVOC's registry row and its `certified` message have in common. */
import type { Form } from '@/lib/certificate-types/type'
import type { CertificateRecord } from './record'

/** The members besides meta: name, contact, first phone number, code, number, certificate as text, programme. */
export function registryFields(record: CertificateRecord, certificateId: string, credential: string) {
  // Other types than vaccination have other sections.
  const { name = '', contact = [] } = (record as Partial<CertificateRecord>).recipient ?? {}
  const phone = contact.find((one) => one.startsWith('tel:'))
  return {
    name,
    contact,
    mobile: phone?.slice('tel:'.length) ?? '',
    preEnrollmentCode: record.preEnrollmentCode,
    certificateId,
    certificate: credential,
    programId: record.programId ?? '',
  }
}

/** meta as the registry shows it: the client's keys, with certificate type and predecessor set by us. */
export function ownMeta(record: CertificateRecord, form: Form, previousId: string | null) {
  return { ...record.meta, certificateType: form, ...(previousId ? { previousCertificateId: previousId } : {}) }
}
