/** Publishes the revocation list: signed pages in the order of publication, of which only the last one still grows. */
import type { Context } from '@/lib/certificates/context'
import { signCompactJws } from '@/lib/signing/compact-jws'
import type { SigningKey } from '@/lib/signing/keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { PAGE_ENTRIES } from '@/lib/verification/revocation-list'
import { SIGN_FOR_MS } from './publish'
import { lockPublishing } from './store-publish'
import { entriesOfPage, listState, writePage, type ListState } from './store-revocation'

/** How long somebody may go on with a list that could not be had anew. */
const NEXT_UPDATE_HOURS = 24
/** Signed anew after so long even when nothing happened: its age then says something about the way to it. */
const RENEW_MS = 60 * 60 * 1000
/** While changes come one after the other the last page is not written for each of them. */
const AT_MOST_EVERY_MS = 5000

/** `typ` of a page's header. */
export const PAGE_TYPE = 'revocation-list+jwt'

export interface RevocationPublisher extends Context {
  /** The present key, under the name that certificates carry. */
  key: SigningKey
}

/** What is signed at once stands in one transaction; with a slow signer time runs out before that (SIGN_FOR_MS). */
const SIGNED_ANEW_AT_ONCE = 50

/**
 * Signs the pages that have got entries since the last time, the last one in any case after an hour, and after a rotation
 * all of them again (the former key may be withdrawn). The entries of full pages never change. There is always a last
 * page that is not full, an empty one where need be: a list that ends with a full page was cut off (or is on its way: the
 * next call goes on). Returns how many pages were written; when time ran out, and after a rotation, there may be more.
 */
export async function publishRevocationList(publisher: RevocationPublisher): Promise<number> {
  const { db } = publisher
  // The key of now, whatever is rotated meanwhile.
  const key = publisher.key
  const signedBy = thumbprintOf(key.publicKey)
  if (!isDue(await listState(db, signedBy, key.type, 1), publisher.now())) return 0
  return db.$transaction(async (transaction) => {
    if (!(await lockPublishing(transaction))) return 0
    const state = await listState(transaction, signedBy, key.type, SIGNED_ANEW_AT_ONCE)
    const publishedAt = publisher.now()
    if (!isDue(state, publishedAt)) return 0
    const serial = (state.last?.serial ?? 0) + 1
    const nextUpdate = new Date(publishedAt.getTime() + NEXT_UPDATE_HOURS * 60 * 60 * 1000)
    let written = 0
    for (const page of pagesToSign(state)) {
      // The last page, which is signed each time, and one more in any case: so it comes to an end with any signer.
      if (written > 1 && publisher.now().getTime() - publishedAt.getTime() >= SIGN_FOR_MS) break
      const { entries, json } = await entriesOfPage(transaction, page)
      const facts = { iss: publisher.settings.signing.did, serial, page, publishedAt, nextUpdate }
      const payload = `${JSON.stringify(facts).slice(0, -1)},"entries":${json}}`
      const signed = await signCompactJws(payload, PAGE_TYPE, key)
      await writePage(transaction, { page, serial, entries, signed, signedBy, publishedAt, nextUpdate })
      written++
    }
    return written
  })
}

/** All from the last one on, for what happened must not wait, and then those that another key signed. */
function pagesToSign({ last, total, signedByOthers }: ListState): number[] {
  const first = last?.page ?? 1
  const grown = Array.from({ length: Math.floor(total / PAGE_ENTRIES) + 2 - first }, (_, n) => first + n)
  return [...grown, ...signedByOthers.filter((page) => page < first)]
}

function isDue({ last, total, signedByOthers }: ListState, now: Date): boolean {
  if (!last || signedByOthers.length > 0 || last.entries === PAGE_ENTRIES) return true
  const age = now.getTime() - last.publishedAt.getTime()
  const grown = total > (last.page - 1) * PAGE_ENTRIES + last.entries
  return age >= RENEW_MS || (grown && age >= AT_MOST_EVERY_MS)
}
