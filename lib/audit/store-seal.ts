/** One step of the sealer: the rows whose place in the chain is settled get a seal. */
import type pg from 'pg'
import { BEGINNING, hashOf, rootOf, sealLine } from './chain.mjs'

/** A seal over a day's rush stays small enough to name what is wrong. */
const MOST_ROWS = 10_000

type Rows = { era: number; xid: string; id: string; hash: string }[]

/**
 * Seals up to 10,000 rows in one transaction and says how many it sealed. A row is ready when no transaction with its
 * number or a lower one is still open (`xid < pg_snapshot_xmin`): ids alone are given before the commit, and a watermark on
 * them loses rows. Numbers above all that this server ever gave came with a restored dump: their transactions ended elsewhere.
 */
export async function sealNext(client: pg.ClientBase, now: Date): Promise<number> {
  await client.query('begin isolation level repeatable read')
  try {
    const before = await lastSeal(client)
    const { rows } = await client.query<Rows[number]>(
      `select era, xid::text, id::text, encode(hash, 'hex') as hash from audit_event e
       where (e.era, e.xid, e.id) > ($1::int, $2::text::xid8, $3::bigint)
         and (e.xid < pg_snapshot_xmin(pg_current_snapshot()) or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
       order by e.era, e.xid, e.id limit ${MOST_ROWS}`,
      [before.era, before.xid, before.id],
    )
    const ready = ofOneEra(rows)
    if (ready.length > 0) await write(client, before, ready, now)
    await client.query('commit')
    return ready.length
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

interface Before {
  n: bigint
  hash: string
  /** null before the first. */
  at: Date | null
  era: number
  xid: string
  id: string
}

async function lastSeal(client: pg.ClientBase): Promise<Before> {
  const { rows } = await client.query<Omit<Before, 'n'> & { n: string }>(
    `select n::text, encode(hash, 'hex') as hash, at, era, last_xid::text as xid, last_id::text as id
     from audit_seal s order by s.n desc limit 1`,
  )
  const [last] = rows
  return last ? { ...last, n: BigInt(last.n) } : { n: 0n, hash: BEGINNING, at: null, era: -1, xid: '0', id: '0' }
}

function ofOneEra(rows: Rows): Rows {
  return rows.filter(({ era }) => era === rows[0]!.era)
}

async function write(client: pg.ClientBase, before: Before, rows: Rows, now: Date): Promise<void> {
  const [first, last] = [rows[0]!, rows.at(-1)!]
  const seal = {
    n: String(before.n + 1n),
    // A clock that is put back does not put a seal before the one that it follows.
    at: (before.at && before.at > now ? before.at : now).toISOString(),
    era: first.era,
    count: rows.length,
    first: { xid: first.xid, id: first.id },
    last: { xid: last.xid, id: last.id },
    root: rootOf(rows.map(({ hash }) => hash)),
    previous: before.hash,
  }
  await client.query(
    `insert into audit_seal (n, at, era, count, first_xid, first_id, last_xid, last_id, root, previous, hash)
     values ($1, $2, $3, $4, $5::text::xid8, $6, $7::text::xid8, $8, decode($9, 'hex'), decode($10, 'hex'), decode($11, 'hex'))`,
    [
      ...[seal.n, seal.at, seal.era, seal.count, first.xid, first.id, last.xid, last.id],
      ...[seal.root, seal.previous, hashOf(sealLine(seal))],
    ],
  )
}
