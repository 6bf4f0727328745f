/** Which scope a token needs for an endpoint: one line each, and what has no line no token may call. */
import type { Scope } from '@/lib/auth/scopes'
import { Refusal } from '@/lib/errors'
import { plainOperation, type Endpoint } from './endpoint'

/** By operation; "any" = with whatever scopes, also without one: it tells a client about itself alone. */
const SCOPE_OF: Record<string, Scope | 'any'> = {
  certify: 'certify',
  certifyV1: 'certify',
  bulkCertify: 'certify',
  certifyUploads: 'certify',
  certifyUploadErrors: 'certify',
  bulkCertifyTests: 'certify',
  testUploads: 'certify',
  testUploadErrors: 'certify',
  certifyOfType: 'certify',
  certifyTest: 'certify',
  updateOfType: 'update',
  updateCertificates: 'update',
  updateCertificatesV1: 'update',
  approvals: 'update',
  approval: 'update',
  answerQuestion: 'update',
  withdrawRequest: 'update',
  revokeCertificate: 'revoke',
  suspendCertificate: 'revoke',
  liftSuspension: 'revoke',
  revokeDoses: 'revoke',
  transaction: 'read',
  lineages: 'read',
  personDoses: 'read',
  certificate: 'read',
  certificateFile: 'read',
  registryRow: 'read',
  latestPdf: 'read',
  latestPdfHead: 'read',
  latestQr: 'read',
  prints: 'read',
  testStrip: 'read',
  countPrint: 'share',
  makeHolderLink: 'share',
  listHolderLinks: 'share',
  revokeHolderLink: 'share',
  issueCredential: 'vc',
  verifyVcCredential: 'vc',
  verifyPresentation: 'vc',
  setCredentialStatus: 'vc',
  certifyEntity: 'certify',
  updateEntity: 'update',
  replaceEntity: 'update',
  entityCertificate: 'read',
  revokeEntity: 'revoke',
  removeEntity: 'revoke',
  unsuspendEntity: 'revoke',
  entityTransaction: 'read',
  createSchema: 'types',
  schemas: 'types',
  oneSchema: 'types',
  updateSchema: 'types',
  updateSchemaTemplate: 'types',
  previewSchema: 'types',
  addContext: 'types',
  changeContext: 'types',
  removeContext: 'types',
  calls: 'any',
  resetSandbox: 'any',
}

/** What each scope allows, in a sentence. */
const MEANING_OF: Record<Scope, string> = {
  certify: 'issue certificates',
  update: 'correct certificates',
  revoke: 'cancel and suspend certificates',
  read: 'find and read certificates',
  share: 'make links for holders and count prints',
  vc: 'use the VC API',
  types: 'change certificate types',
}

/** The scope of a row; "any"; null where tokens may not come. At DIVOC's address it is that of the same operation. */
export function scopeOf({ operation }: Pick<Endpoint, 'operation'>): Scope | 'any' | null {
  return SCOPE_OF[plainOperation(operation)] ?? null
}

/** Refusals: SCOPE_MISSING when a token with these scopes may not call this, NOT_ALLOWED when no token may. */
export function requireScope(row: Endpoint, scopes: readonly Scope[]): void {
  const wanted = scopeOf(row)
  if (wanted === 'any' || (wanted !== null && scopes.includes(wanted))) return
  if (wanted === null) {
    throw new Refusal('NOT_ALLOWED', 'This is for people who are signed in, not for access tokens.')
  }
  const allows = `${MEANING_OF[wanted]} (scope "${wanted}")`
  throw new Refusal('SCOPE_MISSING', `This access token may not ${allows}. An administrator can allow it.`)
}
