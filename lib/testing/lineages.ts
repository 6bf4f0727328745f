/** Builders of lineages for tests of the rules. */
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Accepted, Lineage } from '@/lib/certificates/rules'

/** A lineage without any certificate, with the given parts changed. */
export function aLineage(parts: Partial<Lineage>): Lineage {
  return {
    id: 'lineage',
    preEnrollmentCode: '987456126',
    programId: '',
    dose: 1,
    facilityCode: 'unassigned',
    open: true,
    reservedFor: null,
    headCertificateId: null,
    headTransactionId: null,
    headState: null,
    updatesIssued: 0,
    updatesPending: 0,
    extraUpdates: 0,
    vouched: null,
    nextSequence: 0,
    original: null,
    newest: null,
    ...parts,
  }
}

/** An accepted request whose certificate id, transaction id and content are named after one letter. */
export function accepted(id: string, state: Accepted['state'] = 'issued'): Accepted {
  return {
    transactionId: `t-${id}`,
    certificateId: id,
    contentHash: `hash ${id}`,
    state,
    form: 'certifyV3',
    correctedDose: null,
    record: {} as CertificateRecord,
  }
}
