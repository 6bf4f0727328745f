/** What verifiers download: status lists, and the revocation list in whole or page by page. */
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { payloadOf } from '@/lib/signing/compact-jws'
import { PAGE_ENTRIES } from '@/lib/verification/revocation-list'
import type { RevocationIndex } from './answers'
import { isInTime, publishedList } from './store-read'
import { pageAt, pageFacts } from './store-revocation'

/** A signed status list. Refusal NOT_FOUND for lists and purposes that there are not. */
export async function statusList({ db }: Context, listId: string, purpose: string): Promise<string> {
  const number = numberIn(listId)
  const credential = number === null ? null : await publishedList(db, number, purpose)
  if (credential === null) throw new Refusal('NOT_FOUND', 'There is no such status list.')
  return credential
}

/** A change is published within a second; after a minute something is wrong. */
const LATE_MS = 60_000

/** Whether the status lists are as they should be: nothing waits for long, and none has run out. */
export function isPublished({ db, now }: Context): Promise<boolean> {
  return isInTime(db, new Date(now().getTime() - LATE_MS), now())
}

/** The index of the revocation list. Refusal NOT_FOUND until a worker has published it for the first time. */
export async function revocationList({ db, settings }: Context): Promise<RevocationIndex> {
  const pages = await pageFacts(db)
  const last = pages.at(-1)
  if (!last) throw new Refusal('NOT_FOUND', 'The list has not been published yet.')
  return {
    serial: last.serial,
    publishedAt: last.publishedAt.toISOString(),
    nextUpdate: last.nextUpdate.toISOString(),
    entries: pages.reduce((sum, { entries }) => sum + entries, 0),
    pageSize: PAGE_ENTRIES,
    pages: pages.map(({ page, entries, serial }) => ({
      page,
      entries,
      serial,
      url: `${settings.publicUrl}/v3/revocation-list/pages/${page}`,
    })),
  }
}

/** A page of the revocation list. */
export interface SignedPage {
  /** Compact JWS. */
  signed: string
  /** What is signed, as JSON text. */
  payload: string
}

/** One page. Refusal NOT_FOUND for pages that there are not. */
export async function revocationListPage({ db }: Context, page: string): Promise<SignedPage> {
  const number = numberIn(page)
  const found = number === null ? null : await pageAt(db, number)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such page.')
  return { signed: found.signed, payload: payloadOf(found.signed) }
}

/** The entries of a page as CSV with a header. None of the values needs quotes. */
export function csvOf(payload: string): string {
  const { entries } = JSON.parse(payload) as { entries: (string | null)[][] }
  const lines = entries.map((entry) => entry.map((value) => value ?? '').join(','))
  return ['certificateId,state,since,until,cause', ...lines, ''].join('\r\n')
}

function numberIn(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
