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

/** Removes what counts as absent: null, "" and objects left empty by that. Arrays keep their length; `meta` stays as sent. */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === '' || inner === undefined) continue
    if (key === 'meta') {
      kept[key] = inner
      continue
    }
    if (key === 'comorbidities' && Array.isArray(inner)) {
      kept[key] = inner.filter((one) => one !== '' && one !== null)
      continue
    }
    const cleaned = pruned(inner)
    const emptied = isPlainObject(cleaned) && Object.keys(cleaned).length === 0 && Object.keys(inner).length > 0
    if (!emptied) kept[key] = cleaned
  }
  return kept
}

/** An object as JSON has it: neither null nor an array. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
