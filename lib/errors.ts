/** Everything that can be refused: one table code -> status, one class. A Refusal is the caller's fault; anything else is ours. */

export const STATUS_OF = {
  // the request cannot be read
  MALFORMED_JSON: 400,
  MALFORMED_REQUEST: 400,
  VALIDATION_ERROR: 400,
  MISSING_FIELDS: 400,
  UNSUPPORTED_CHARACTER: 400,
  TOO_LARGE_FOR_QR: 400,
  CONFLICTING_ITEMS: 400,
  ALREADY_CERTIFIED: 400,
  PROGRAM_REQUIRED: 400,
  MALFORMED_CERTIFICATE: 400,
  INVALID_TEMPLATE: 400,
  SCHEMA_NOT_FOUND: 400,
  NOT_VERIFIED: 400,
  ENTRY_NOT_FOUND: 400,
  REVOKED_FOR_GOOD: 400,
  // who asks
  UNAUTHENTICATED: 401,
  NOT_ALLOWED: 403,
  NOT_YOUR_FACILITY: 403,
  REVEAL_REQUIRED: 403,
  SECOND_PERSON_NEEDED: 403,
  CHECK_NEEDED: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  SECOND_FACTOR_REQUIRED: 403,
  PROOF_REQUIRED: 403,
  SCOPE_MISSING: 403,
  // what is asked for
  NOT_FOUND: 404,
  TRANSACTION_NOT_FOUND: 404,
  NOT_REVOKED: 404,
  NOT_SHOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  // what is there already, or must stay
  NAME_TAKEN: 409,
  ALREADY_REVOKED: 409,
  LAST_ADMINISTRATOR: 409,
  REPORT_CLOSED: 409,
  RECALL_STATE: 409,
  BULK_STATE: 409,
  QUEUE_STATE: 409,
  REISSUE_STATE: 409,
  OPENING_DECIDED: 409,
  APPROVAL_STATE: 409,
  // the state of the certificate does not allow it
  CERTIFICATE_NOT_FOUND: 412,
  UPDATE_LIMIT_REACHED: 412,
  CERTIFICATE_REVOKED: 412,
  CERTIFICATE_SUSPENDED: 412,
  NOT_SUSPENDED: 412,
  STALE_VERSION: 412,
  PREVIOUS_FAILED: 412,
  UPDATE_PENDING: 412,
  APPROVAL_PENDING: 412,
  DOSE_TAKEN: 412,
  NOTHING_ACCEPTED: 412,
  NOTHING_TO_RECALL: 412,
  NO_SESSION: 412,
  NOTHING_TO_REISSUE: 412,
  DRAFT_CHANGED: 412,
  NOT_CONFIRMED: 412,
  NO_HOLDER_CHECK: 412,
  TOO_MANY_REPORTS: 412,
  // limits of the door
  TOO_LARGE: 413,
  TOO_MANY_ITEMS: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  TOO_MANY_ATTEMPTS: 429,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_LOOK_UPS: 429,
  // ours, and temporary
  UNREADABLE_QR: 422,
  REGISTRY_UNAVAILABLE: 503,
  RENDERER_UNAVAILABLE: 503,
  SIGNER_UNAVAILABLE: 503,
} as const

export type RefusalCode = keyof typeof STATUS_OF

/** One item of a refused array. `path` is a JSON Pointer inside the item ("" = the item itself). */
export interface RefusalDetail {
  index: number
  path: string
  code: RefusalCode
  message: string
}

/** The body of every refused request. */
export interface RefusalBody {
  code: RefusalCode | 'INTERNAL_ERROR'
  message: string
  details?: RefusalDetail[]
  /** The request's id (X-Request-Id): finds the log line and the call in the list of the last ones. */
  reference?: string
}

/** What the caller asked for cannot be done. `message` is a sentence a person can act on and carries nothing personal. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly details: RefusalDetail[] = [],
    /** Seconds after which asking again makes sense (Retry-After). */
    readonly retryAfter?: number,
  ) {
    super(message)
    this.name = 'Refusal'
  }

  /** HTTP status of this refusal. */
  get status(): number {
    return STATUS_OF[this.code]
  }

  /** The JSON body that goes over the wire. */
  toBody(): RefusalBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.details.length > 0 ? { details: this.details } : {}),
    }
  }
}
