/** What can be said about a row of an import, as fixed sentences: they name codes and numbers, never a value of a person. */

/** Why a row did not become a certificate. */
export const CAUSES = {
  NOT_JSON: 'This line is no JSON object.',
  UNKNOWN_ROW: 'This is neither a row of a certificate nor one of a revocation.',
  OTHER_ENTITY: 'There is no certificate type for rows of this name.',
  SUSPENDED_THERE: 'It was suspended there until a day. Suspend it here, if it is still to be.',
  NO_NUMBER: 'The row has no certificate number that can be kept.',
  NO_CODE: 'The row has no pre-enrollment code that can be kept.',
  NOT_STORABLE: 'The row holds NUL or half a character (a lone surrogate), which the database cannot keep.',
  NO_CERTIFICATE: 'The row holds no certificate as text.',
  UNREADABLE_CERTIFICATE: 'The text of the certificate is no JSON object with a subject and evidence.',
  OTHER_NUMBER: 'The signed certificate has another number than its row.',
  OTHER_CODE: 'The signed certificate is of another pre-enrollment code than its row.',
  DOSE_NOT_WHOLE: 'The doses of the signed certificate are no whole numbers from 1.',
  NO_DATE_OF_ISSUE: 'The signed certificate does not say when it was issued.',
  OTHER_VOCABULARY:
    'The certificate is of a vocabulary that is not known here (CERTIFICATE_NAMESPACE, CERTIFICATE_NAMESPACE_V2).',
  OTHER_KEY_NAME:
    'The certificate calls its key otherwise than CERTIFICATE_DID does: verifiers here would not know it.',
  NOT_SIGNED_BY_KEY: 'The signature does not verify with any of the keys given.',
  SAYS_MORE:
    'The signature does not verify, and the certificate says more than its type knows. Take over the configuration with its words first (vaccinationContextV2), and publish it.',
  TOO_LARGE: 'No QR code can hold this certificate.',
  SAME_ROW: 'The same certificate stands in an earlier row.',
  NUMBER_TWICE: 'An earlier row has another certificate with the same number.',
  NUMBER_TAKEN: 'Another certificate with this number is in the registry already.',
  RECORD_TAKEN: 'This code, programme and dose has certificates in the registry that are not of this import.',
  REVOKES_NOTHING: 'The row names no certificate.',
  SAME_REVOCATION: 'An earlier row says the same.',
  OTHER_CODE_REVOKED:
    'The certificate that it names is of another pre-enrollment code: DIVOC never took that as a revocation.',
  OTHER_DOSE_REVOKED: 'The certificate that it names is of another dose: DIVOC never took that as a revocation.',
} as const

/** What is to be known about a row that was imported all the same. */
export const REMARKS = {
  FORK: 'It replaces a certificate that another one had replaced already. They follow each other in the order of their creation.',
  SECOND_ORIGINAL:
    'It names no predecessor although there was one for the same code, programme and dose. It follows that one.',
  PREDECESSOR_MISSING: 'The certificate that it says to replace was not imported.',
  PREDECESSOR_LATER: 'The certificates that replace each other form a circle, which was cut here.',
  OTHER_RECORD: 'The certificate that it says to replace is of another code, programme or dose.',
  OUT_OF_ORDER: 'It was created before the certificate that it replaces. It follows that one all the same.',
  MISSING_REVOCATION: 'It was replaced, but no revocation said so: in DIVOC it counted on. It is replaced from now on.',
  SUCCESSOR_MISSING: 'It was revoked in favour of a certificate that was not imported. It is revoked here.',
  REPLACED_ELSEWHERE:
    'It was revoked in favour of a certificate of another code, programme or dose. It is revoked here.',
  HAD_TWIN: 'A later row has another certificate with the same number, which was not imported.',
  NO_TIME: 'Neither row nor registry says when it was created: the date of issue stands in for that.',
  ASKED_AGAIN: 'Today it would not be accepted as it is: a correction is asked for the fields named.',
  DOSE_ZERO:
    'It names dose 0, as DIVOC wrote where it could not read the certificate, and DIVOC never found it. It counts here.',
  CERTIFICATE_MISSING:
    'The certificate that it names was not imported. The number is kept: who asks hears that it counts no more.',
} as const

export type Cause = keyof typeof CAUSES
export type Remark = keyof typeof REMARKS

export interface Finding {
  code: Cause | Remark
  /** Numbers of certificates, lines or paths of fields: what the sentence is about. */
  about?: string[]
}
