/** Publishes the revocation list: signed pages in the order of publication, of which only the last one still grows. */
import type { Context } from '@/lib/certificates/context'
import { signCompactJws, type JwsSigner } from '@/lib/signing/compact-jws'
import { PAGE_ENTRIES } from '@/lib/verification/revocation-list'
import { lockPublishing } from './store-publish'
import { entriesOfPage, listState, writePage } from './store-revocation'

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
  key: JwsSigner
}

/**
 * Signs the pages that have got entries since the last time, and the last one in any case after an hour. Full pages never
 * change. There is always a last page that is not full, an empty one where need be: a list that ends with a full page
 * was cut off. Returns how many pages were written.
 */
export async function publishRevocationList(publisher: RevocationPublisher): Promise<number> {
  const { db } = publisher
  if (!isDue(await listState(db), publisher.now())) return 0
  return db.$transaction(async (transaction) => {
    if (!(await lockPublishing(transaction))) return 0
    const state = await listState(transaction)
    const publishedAt = publisher.now()
    if (!isDue(state, publishedAt)) return 0
    const serial = (state.last?.serial ?? 0) + 1
    const nextUpdate = new Date(publishedAt.getTime() + NEXT_UPDATE_HOURS * 60 * 60 * 1000)
    const first = state.last?.page ?? 1
    const last = Math.floor(state.total / PAGE_ENTRIES) + 1
    for (let page = first; page <= last; page++) {
      const { entries, json } = await entriesOfPage(transaction, page)
      const facts = { iss: publisher.settings.signing.did, serial, page, publishedAt, nextUpdate }
      const payload = `${JSON.stringify(facts).slice(0, -1)},"entries":${json}}`
      const signed = await signCompactJws(payload, PAGE_TYPE, publisher.key)
      await writePage(transaction, { page, serial, entries, signed, publishedAt, nextUpdate })
    }
    return last - first + 1
  })
}

function isDue({ last, total }: Awaited<ReturnType<typeof listState>>, now: Date): boolean {
  if (!last) return true
  const age = now.getTime() - last.publishedAt.getTime()
  const grown = total > (last.page - 1) * PAGE_ENTRIES + last.entries
  return age >= RENEW_MS || (grown && age >= AT_MOST_EVERY_MS)
}
