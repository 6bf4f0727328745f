/** The SQL of the published hashes: the last seal of each day, and what the issuer signed of it. */
import type { Statements } from '@/lib/db'

export interface RootRow {
  day: string
  seal: string
  hash: string
  /** A compact JWS; null while none is there. */
  signed: string | null
}

/** The last seal of each of so many days (UTC) before a day, where one was made, newest first. */
export function rootsBefore(db: Statements, day: string, days: number): Promise<RootRow[]> {
  return db.$queryRaw`
    select to_char(d.day, 'YYYY-MM-DD') as day, s.n::text as seal, encode(s.hash, 'hex') as hash, r.signed
    from (select ${day}::date - k as day from generate_series(1, ${days}::int) k) d
    cross join lateral (
      select * from audit_seal s where s.at < (d.day + 1)::timestamp at time zone 'UTC'
      order by s.at desc, s.n desc limit 1) s
    left join lateral (select signed from audit_root r where r.day = d.day order by r.at desc limit 1) r on true
    where s.at >= d.day::timestamp at time zone 'UTC'
    order by d.day desc`
}

/** Of these days those that none of the keys (thumbprints) has signed. */
export async function unsignedDays(db: Statements, days: string[], keys: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    select d.day from unnest(${days}::text[]) as d(day)
    where not exists (select 1 from audit_root r where r.day = d.day::date and r.signed_by = any(${keys}::text[]))
    order by d.day`
  return rows.map(({ day }) => day)
}

/** Keeps a signature; of two workers that sign the same day at once the first one's stays. */
export function writeSignature(
  db: Statements,
  { day, signedBy, signed, at }: { day: string; signedBy: string; signed: string; at: Date },
): Promise<number> {
  return db.$executeRaw`
    insert into audit_root (day, signed_by, signed, at) values (${day}::date, ${signedBy}, ${signed}, ${at})
    on conflict do nothing`
}
