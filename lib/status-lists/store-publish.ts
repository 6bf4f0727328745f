/** The SQL of publishing: what is not in the signed lists yet, what a list says, and the marks. All under one lock. */
import type { StatusPurpose } from '@/lib/certificates/status-entries'
import { isOver } from '@/lib/certificates/store-effective'
import { anotherSigns } from '@/lib/certificates/store-keys'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { NotCurrent } from './list-credential'

/** "errata lists" as a number: the advisory lock of whoever publishes. Two publications at once would overwrite each other. */
const PUBLISHER_LOCK = 7_263_548_121

/** Takes the lock for the rest of this transaction; false when somebody else is publishing. */
export async function lockPublishing(db: Statements): Promise<boolean> {
  const rows = await db.$queryRaw<{ ours: boolean }[]>`
    select pg_try_advisory_xact_lock(${PUBLISHER_LOCK}::bigint) as ours`
  return rows[0]!.ours
}

/** What makes a published list good: the key that signed it, and that it does not run out soon. */
export interface Good {
  signedBy: string
  /** Of that key. While another one signs in its place, by whom a list was signed does not matter. */
  thumbprint: string
  renewBefore: Date
}

/** Whether any list has to be made: entries that are in none, a list that was never published or is to be renewed. */
export async function somethingToPublish(db: Statements, good: Good): Promise<boolean> {
  const rows = await db.$queryRaw<{ found: boolean }[]>`
    select exists(select 1 from status_entry where listed_at is null)
        or exists(select 1 from vc_credential where listed_changes < changes)
        or exists(select 1 from status_list l where ${isWanting(good)}) as found`
  return rows[0]!.found
}

/** Of a status_list `l`: one of its three files is missing, about to run out, or signed with another key than the one that signs now. */
function isWanting({ signedBy, thumbprint, renewBefore }: Good): Prisma.Sql {
  return Prisma.sql`(select count(*) from status_list_credential p
    where p.list_id = l.id and p.valid_until >= ${renewBefore}::timestamptz
      and (p.signed_by = ${signedBy} or ${anotherSigns(thumbprint, 'ED25519')})) < 3`
}

/** A status entry that no signed list has. `listId` is null for certificates without a place. */
export interface Unlisted {
  id: string
  listId: number | null
  sandbox: boolean
}

/** The oldest entries that are in no signed list. Ids are not the order of commits, so every entry has its own mark. */
export async function unlistedEntries(db: Statements, limit: number): Promise<Unlisted[]> {
  return db.$queryRaw<Unlisted[]>`
    select s.id::text, c.status_list_id as "listId", l.sandbox
    from status_entry s
    join certificate c on c.certificate_id = s.certificate_id
    join lineage l on l.id = c.lineage_id
    where s.listed_at is null
    order by s.id limit ${limit}::int`
}

/** Credentials of the VC API whose last changes are in no published list, with how often they had changed. */
export async function unlistedCredentials(
  db: Statements,
  limit: number,
): Promise<{ id: string; listId: number; changes: number }[]> {
  return db.$queryRaw`
    select id::text, status_list_id as "listId", changes from vc_credential
    where listed_changes < changes limit ${limit}::int`
}

/** Marks changes as listed; what changed again meanwhile stays to be listed. */
export async function markCredentials(db: Statements, rows: { id: string; changes: number }[]): Promise<void> {
  if (rows.length === 0) return
  await db.$executeRaw`
    update vc_credential v set listed_changes = r.changes
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, changes int)
    where v.id = r.id`
}

export interface List {
  id: number
  length: number
}

/** Of the lists to be made, those with these ids, in their order, and those that are missing or to be renewed, at most `limit`. */
export async function listsToMake(db: Statements, ids: number[], good: Good, limit: number): Promise<List[]> {
  return db.$queryRaw<List[]>`
    select l.id, l.length from status_list l
    where l.id = any(${ids}::int[])
       or ${isWanting(good)}
    order by array_position(${ids}::int[], l.id), l.id
    limit ${limit}::int`
}

/**
 * What does not count in a list, by value of the message list: 1 replaced, 2 cancelled by error, 3 for fraud, 4 suspended,
 * 5 cancelled for another reason. The places come as four bytes each: a hundred thousand rows would cost more.
 */
export async function notCurrent(db: Statements, listId: number, at: Date): Promise<NotCurrent> {
  const rows = await db.$queryRaw<{ message: number; places: Uint8Array }[]>`
    select message, string_agg(places, ''::bytea) as places from (
    select case c.state when 'superseded' then 1 when 'suspended' then 4
             else case why.cause when 'error' then 2 when 'fraud' then 3 else 5 end end as message,
           string_agg(int4send(c.status_index), ''::bytea) as places
    from certificate c
    left join lateral (
      select s.reason->>'cause' as cause from status_entry s
      where c.state = 'revoked' and s.certificate_id = c.certificate_id and s.state = 'revoked' order by s.id desc limit 1) why on true
    where c.status_list_id = ${listId}::int and c.state <> 'current' and not ${isOver('c', at)}
    group by 1
    union all
    select case when v.revoked then 5 else 4 end, string_agg(int4send(v.status_index), ''::bytea)
    from vc_credential v
    where v.status_list_id = ${listId}::int and (v.revoked or v.suspended)
    group by 1) found
    group by 1`
  return new Map(rows.map(({ message, places }) => [message, numbersIn(places)]))
}

export interface PublishedList {
  listId: number
  purpose: StatusPurpose
  credential: string
  signedBy: string
  generatedAt: Date
  validUntil: Date
}

export async function writeList(db: Statements, list: PublishedList): Promise<void> {
  await db.$executeRaw`
    insert into status_list_credential (list_id, purpose, credential, signed_by, generated_at, valid_until)
    values (${list.listId}::int, ${list.purpose}, ${list.credential}, ${list.signedBy}, ${list.generatedAt},
            ${list.validUntil})
    on conflict (list_id, purpose) do update
    set credential = excluded.credential, signed_by = excluded.signed_by, generated_at = excluded.generated_at, valid_until = excluded.valid_until`
}

/** Marks entries as listed; those of real certificates get the next numbers of the revocation list, in the order given. */
export async function markListed(db: Statements, entries: Unlisted[], at: Date): Promise<void> {
  if (entries.length === 0) return
  const numbered = entries.filter((entry) => !entry.sandbox).map((entry) => entry.id)
  await db.$executeRaw`
    update status_entry s
    set listed_at = ${at}, position = coalesce((select max(position) from status_entry), 0) + n.number::int
    from unnest(${numbered}::bigint[]) with ordinality as n(id, number)
    where s.id = n.id`
  const others = entries.filter((entry) => entry.sandbox).map((entry) => entry.id)
  if (others.length > 0) {
    await db.$executeRaw`update status_entry set listed_at = ${at} where id = any(${others}::bigint[])`
  }
}

function numbersIn(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, n) => view.getUint32(n * 4))
}
