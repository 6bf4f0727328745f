/** Reads a signed certificate that a verifier submits, by the rules of DIVOC's POST /v1/certificate/revoked. */
import { Refusal } from '@/lib/errors'

/** Any number that was ever issued; nothing that the database cannot hold. */
const NUMBER = /^[^\u0000-\u001f]{1,200}$/
const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/

/**
 * evidence[0].certificateId of a submitted certificate. Refusal MALFORMED_CERTIFICATE when it is not there, when
 * credentialSubject.age is not text, or when evidence[0].date is neither YYYY-MM-DD nor YYYY-MM-DDTHH:MM:SS.mmmZ: verifiers
 * take that answer as "not valid", and so they do with DIVOC.
 */
export function submittedCertificateId(body: unknown): string {
  const evidence = member(body, 'evidence')
  const first: unknown = Array.isArray(evidence) ? evidence[0] : undefined
  const certificateId = member(first, 'certificateId')
  if (typeof certificateId !== 'string' || !NUMBER.test(certificateId)) {
    throw malformed('evidence[0].certificateId is missing.')
  }
  const age = member(member(body, 'credentialSubject'), 'age')
  if (age !== undefined && age !== null && typeof age !== 'string')
    throw malformed('credentialSubject.age is not text.')
  const date = member(first, 'date')
  if (date !== undefined && date !== null && !(typeof date === 'string' && DAY_OR_INSTANT.test(date))) {
    throw malformed('evidence[0].date is not a date.')
  }
  return certificateId
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

function malformed(what: string): Refusal {
  return new Refusal('MALFORMED_CERTIFICATE', `This is not a signed certificate: ${what}`)
}
