/** The SQL of the revocation list: its pages, and the entries that belong on one. */
import { anotherSigns } from '@/lib/certificates/store-keys'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { KeyType } from '@/lib/signing/keys'
import { PAGE_ENTRIES } from '@/lib/verification/revocation-list'

export interface PageFacts {
  page: number
  serial: number
  entries: number
  publishedAt: Date
  nextUpdate: Date
}

export interface Page extends PageFacts {
  /** Compact JWS. */
  signed: string
  /** Thumbprint of the key. */
  signedBy: string
}

export interface ListState {
  last: PageFacts | null
  /** Entries that there are to publish. */
  total: number
  /** The first pages, at most as many as asked for, that another key signed. */
  signedByOthers: number[]
}

/** How far the list has got; `signedBy` is the key of now. While another one signs in its place, no page counts as one of others. */
export async function listState(db: Statements, signedBy: string, type: KeyType, limit: number): Promise<ListState> {
  const [last] = await db.$queryRaw<PageFacts[]>`
    select page, serial, entries, published_at as "publishedAt", next_update as "nextUpdate"
    from revocation_page order by page desc limit 1`
  const [sum] = await db.$queryRaw<{ total: number }[]>`
    select coalesce(max(position), 0) as total from status_entry`
  const others = await db.$queryRaw<{ page: number }[]>`
    select page from revocation_page where signed_by <> ${signedBy} and not ${anotherSigns(signedBy, type)}
    order by page limit ${limit}::int`
  return { last: last ?? null, total: sum!.total, signedByOthers: others.map(({ page }) => page) }
}

/**
 * The entries of a page as JSON text: [[certificateId, state, since, until, cause], ...] in the order of publication. Made
 * by the database: ten thousand rows need not become objects first.
 */
export async function entriesOfPage(db: Statements, page: number): Promise<{ entries: number; json: string }> {
  const first = (page - 1) * PAGE_ENTRIES
  const rows = await db.$queryRaw<{ entries: number; json: string }[]>`
    select count(*)::int as entries,
           coalesce(json_agg(json_build_array(certificate_id, state, ${instant('at')}, ${instant('until')},
             case when state in ('revoked', 'suspended') then reason->>'cause' end) order by position), '[]')::text as json
    from status_entry where position > ${first}::int and position <= ${first + PAGE_ENTRIES}::int`
  return rows[0]!
}

export async function writePage(db: Statements, page: Page): Promise<void> {
  await db.$executeRaw`
    insert into revocation_page (page, serial, entries, signed, signed_by, published_at, next_update)
    values (${page.page}::int, ${page.serial}::int, ${page.entries}::int, ${page.signed}, ${page.signedBy},
            ${page.publishedAt}, ${page.nextUpdate})
    on conflict (page) do update
    set serial = excluded.serial, entries = excluded.entries, signed = excluded.signed, signed_by = excluded.signed_by,
        published_at = excluded.published_at, next_update = excluded.next_update`
}

/** Every page without its text. */
export async function pageFacts(db: Statements): Promise<PageFacts[]> {
  return db.$queryRaw<PageFacts[]>`
    select page, serial, entries, published_at as "publishedAt", next_update as "nextUpdate"
    from revocation_page order by page`
}

export async function pageAt(db: Statements, page: number): Promise<Page | null> {
  const rows = await db.$queryRaw<Page[]>`
    select page, serial, entries, signed, signed_by as "signedBy", published_at as "publishedAt", next_update as "nextUpdate"
    from revocation_page where page = ${page}::int`
  return rows[0] ?? null
}

/** A column as JavaScript writes instants: three digits of milliseconds and Z. */
function instant(column: 'at' | 'until'): Prisma.Sql {
  return Prisma.sql`to_char(${Prisma.raw(`"${column}"`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
