/** Drafts of corrections: what an operator typed and did not send, encrypted, for 24 hours, for this operator alone. */
import { typeInForce } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { ownCredential } from '@/lib/certificates/read'
import { personOf } from '@/lib/certificates/person'
import { Refusal } from '@/lib/errors'
import { draftContent, type DraftAnswer, type DraftContent, type OpenDraft } from './answers'
import { sealDraft, unsealDraft } from './draft-seal'
import { initialsOf } from './initials'
import { deleteDrafts, draftOf, forgetExpiredDrafts, openDraftsOf, writeDraft } from './store-draft'

const KEPT = 24 * 60 * 60 * 1000
/** Of a draft as JSON, in UTF-16 units: ten times what the longest valid record takes. */
const LARGEST = 64 * 1024

/**
 * Keeps a draft. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, TOO_LARGE, and DRAFT_CHANGED when another form of the same
 * operator saved since `after`.
 */
export async function saveDraft(
  context: Context,
  caller: Caller,
  certificateId: string,
  given: DraftContent & { form: string; after: string | null },
): Promise<{ savedAt: string; expiresAt: string }> {
  await ownCredential(context, caller, certificateId)
  const { fields, reason, moveTo } = given
  const text = JSON.stringify({ fields, reason, moveTo })
  if (text.length > LARGEST) throw new Refusal('TOO_LARGE', 'This is too long to be kept as a draft.')
  const savedAt = context.now()
  const expiresAt = new Date(savedAt.getTime() + KEPT)
  const scope = { operatorId: caller.id, certificateId }
  const sealed = sealDraft(secretOf(context), scope, text, context.random)
  const draft = { ...scope, formId: given.form, sealed, savedAt, expiresAt }
  if (!(await writeDraft(context.db, draft, given.after === null ? null : new Date(given.after)))) {
    throw new Refusal('DRAFT_CHANGED', 'You changed this draft in another window or on another computer.')
  }
  return { savedAt: savedAt.toISOString(), expiresAt: expiresAt.toISOString() }
}

/**
 * The caller's draft of this certificate or, without one, of another version of it: then the certificate was replaced
 * since. Refusals: NOT_FOUND, NOT_YOUR_FACILITY.
 */
export async function readDraft(context: Context, caller: Caller, certificateId: string): Promise<DraftAnswer> {
  await ownCredential(context, caller, certificateId)
  const row = await draftOf(context.db, caller.id, certificateId, context.now())
  if (!row) return { draft: null }
  const scope = { operatorId: caller.id, certificateId: row.certificateId }
  const text = unsealDraft(secretOf(context), scope, row.sealed)
  if (text === null) {
    // Sealed with a former secret: nobody can ever read it again.
    await deleteDrafts(context.db, caller.id, [row.certificateId])
    return { draft: null }
  }
  const content = draftContent.parse(JSON.parse(text))
  return {
    draft: {
      ...content,
      certificateId: row.certificateId,
      savedAt: row.savedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    },
  }
}

/** Forgets the caller's drafts of these certificates and of the other versions of them. */
export async function dropDrafts(context: Context, caller: Caller, certificateIds: string[]): Promise<boolean> {
  return certificateIds.length > 0 && (await deleteDrafts(context.db, caller.id, certificateIds)) > 0
}

/** What the caller began and did not send. */
export async function openDrafts(context: Context, caller: Caller): Promise<{ drafts: OpenDraft[] }> {
  await forgetExpiredDrafts(context.db, context.now())
  const rows = await openDraftsOf(context.db, caller, context.now())
  return {
    drafts: rows.map(({ record, headCertificateId, savedAt, expiresAt, ...row }) => ({
      ...row,
      initials: initialsOf(personOf(record, typeInForce(context, row.type)).name),
      savedAt: savedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      replaced: headCertificateId !== row.certificateId,
    })),
  }
}

/** Throws an Error when the installation has none (npm start makes one). */
function secretOf({ settings }: Context): string {
  const { secret } = settings.drafts
  if (!secret) throw new Error('DRAFT_SECRET or NEXTAUTH_SECRET must be set (npm start makes one and keeps it).')
  return secret
}
