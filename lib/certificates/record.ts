/** The record of one certificate request, as it is after reading: trimmed of what is absent, dates as instants, numbers as numbers. */

export interface Address {
  addressLine1: string
  addressLine2?: string
  city?: string
  district: string
  state: string
  pincode: string
  country?: string
}

/** A request item (DIVOC's CertificationRequestV2) in its normal form: optional values are left out, never "" or null. */
export interface CertificateRecord {
  preEnrollmentCode: string
  enrollmentType?: string
  programId?: string
  comorbidities?: string[]
  recipient: {
    name: string
    /** YYYY-MM-DD */
    dob?: string
    /** Whole years, as DIVOC sends it: a string of digits. */
    age?: string
    gender?: string
    nationality: string
    identity: string
    /** tel:, mailto: or anything the source system sends. */
    contact: string[]
    address?: Address
  }
  vaccination: {
    name: string
    manufacturer: string
    batch?: string
    /** An instant, YYYY-MM-DDTHH:MM:SS.mmmZ */
    date: string
    /** YYYY-MM-DD */
    effectiveStart: string
    /** YYYY-MM-DD */
    effectiveUntil: string
    /** From 1; more than totalDoses is a booster. */
    dose: number
    totalDoses: number
  }
  vaccinator?: { name: string }
  facility: { name: string; address?: Address }
  meta?: Record<string, unknown>
  reason?: Reason
}

/** Who asked for a correction and why. */
export interface Reason {
  requestedBy: 'holder' | 'guardian' | 'facility' | 'other'
  cause: 'our typing error' | 'holder gave wrong information' | 'missing information' | 'name changed by law' | 'other'
  note?: string
}

/** What says who somebody is. */
export type Identity = Pick<CertificateRecord['recipient'], 'name' | 'dob' | 'age'>

/** A reason as it is kept with a correction. */
export interface KeptReason extends Omit<Partial<Reason>, 'cause'> {
  /** reissued: set by us, with the re-issue that made it (lib/reissues). */
  cause?: Reason['cause'] | 'reissued'
  reissueId?: string
  /** Set by us: when the holder confirmed these changes on the own phone, YYYY-MM-DDTHH:MM:SS.mmmZ */
  holderConfirmedAt?: string
  /** Set by us: who approved it as the second person, and the request in which the two spoke. */
  approvedBy?: string
  requestId?: string
  /** Set by us: a supervisor granted one update beyond the limit for it. */
  extraUpdate?: true
}

/** The value at a dotted path of a record ("recipient.address.city"), undefined when absent. */
export function valueAt(record: unknown, path: string): unknown {
  let value: unknown = record
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
