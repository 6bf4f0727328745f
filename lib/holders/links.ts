/** Links for holders: made, listed and ended by the facility that owns the certificate. */
import { typeVersion } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { requireReach } from '@/lib/certificates/reach'
import { ownCredential } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { HolderLink, LinkRequest, MadeLink } from './answers'
import { canBeAnswered } from './identity-check'
import { insertLink, linksOfCertificate, ownerOfLink, writeRevoked, type LinkRow } from './store'
import { hashHolderToken, makeHolderToken } from './token'

const DAY = 24 * 60 * 60 * 1000

/**
 * Makes a link to the certificate's lineage. Its token is told this once. Refusals: NOT_FOUND, NOT_YOUR_FACILITY,
 * NO_HOLDER_CHECK when nothing is recorded that a holder could be asked, and NOT_ALLOWED for sandbox clients: a page of
 * ours with a test certificate would look like a real one's.
 */
export async function makeLink(
  context: Context,
  caller: Caller,
  certificateId: string,
  { days = context.settings.holders.linkDays }: LinkRequest,
): Promise<MadeLink> {
  const { record, sandbox, ...row } = await ownCredential(context, caller, certificateId)
  const { type } = await typeVersion(context, row.type, row.typeVersion)
  if (sandbox) throw new Refusal('NOT_ALLOWED', 'Test certificates have no holder: no link is made for them.')
  if (!canBeAnswered({ record, type })) {
    throw new Refusal(
      'NO_HOLDER_CHECK',
      'A holder could not be asked anything: record a date of birth, or an identity of at least 4 letters or digits.',
    )
  }
  const token = makeHolderToken(context.random)
  const at = context.now()
  const link = {
    id: context.uuid(),
    tokenHash: hashHolderToken(token),
    certificateId,
    expiresAt: new Date(at.getTime() + days * DAY),
  }
  await insertLink(context.db, link, caller, at)
  return { linkId: link.id, url: `${context.settings.publicUrl}/c/${token}`, expiresAt: link.expiresAt.toISOString() }
}

/** The links of a certificate's lineage, newest first. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function listLinks(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<{ links: HolderLink[] }> {
  await ownCredential(context, caller, certificateId)
  const rows = await linksOfCertificate(context.db, certificateId)
  return { links: rows.map((row) => linkView(row, context.now())) }
}

/** Ends a link at once, also for those who have it open. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function revokeLink(
  context: Context,
  caller: Caller,
  linkId: string,
): Promise<{ linkId: string; revokedAt: string }> {
  const owner = isUuid(linkId) ? await ownerOfLink(context.db, linkId) : null
  if (!owner || owner.sandbox !== caller.sandbox) throw new Refusal('NOT_FOUND', 'There is no such link.')
  requireReach(caller, owner)
  const revokedAt = await writeRevoked(context.db, linkId, caller, context.now())
  return { linkId: linkId.toLowerCase(), revokedAt: revokedAt.toISOString() }
}

function linkView(row: LinkRow, now: Date): HolderLink {
  return {
    linkId: row.id,
    state: row.revokedAt ? 'revoked' : row.expiresAt <= now ? 'expired' : 'active',
    createdAt: row.createdAt.toISOString(),
    by: { kind: row.actorKind, name: row.actorName },
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
  }
}
