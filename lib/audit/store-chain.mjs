/** Reads the chain from the database, rows and seals in their order, a page at a time: memory stays flat however long it is. */
import { compare } from './chain.mjs'

// In "order by" a bare name would mean the text of the answer's column, and "9" would come after "10".
const ROWS = 5000
const SEALS = 1000

/**
 * A question to the database with $1, $2, …: the rows of its answer.
 * @typedef {(sql: string, values: unknown[]) => Promise<Record<string, any>[]>} Ask
 *
 * @typedef {import('./chain.mjs').Row & { hash: string }} StoredRow
 * @typedef {import('./chain.mjs').Seal & { hash: string }} StoredSeal
 * @typedef {{ row: StoredRow } | { seal: StoredSeal }} Link
 */

const ROW = `id::text, era, xid::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, action,
  actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", lineage_id::text as "lineageId",
  certificate_id as "certificateId", detail::text as detail, encode(hash, 'hex') as hash`
const SEAL = `n::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, era, count,
  json_build_object('xid', first_xid::text, 'id', first_id::text) as first,
  json_build_object('xid', last_xid::text, 'id', last_id::text) as last,
  encode(root, 'hex') as root, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash`

/**
 * Every seal after number `after` up to number `upTo`, each behind its rows. With `tail` also the rows after the last seal.
 * A row that was put in later comes where its transaction and id place it.
 * @param {Ask} ask
 * @param {{ after?: string, upTo?: string, tail?: boolean }} [range]
 * @returns {AsyncGenerator<Link>}
 */
export async function* readChain(ask, { after = '0', upTo, tail = upTo === undefined } = {}) {
  const rows = new Pages(ask, await endOf(ask, after))
  let n = after
  for (;;) {
    const seals = await ask(
      `select ${SEAL} from audit_seal s where s.n > $1::bigint and ($2::bigint is null or s.n <= $2::bigint)
       order by s.n limit ${SEALS}`,
      [n, upTo ?? null],
    )
    for (const seal of /** @type {StoredSeal[]} */ (seals)) {
      const end = { era: seal.era, ...seal.last }
      for (let row = await rows.peek(); row && compare(row, end) <= 0; row = await rows.peek())
        yield { row: rows.take() }
      yield { seal }
      n = seal.n
    }
    if (seals.length < SEALS) break
  }
  if (tail) for (let row = await rows.peek(); row; row = await rows.peek()) yield { row: rows.take() }
}

/** Position of the last row of a seal; before all rows for number 0. */
async function endOf(ask, n) {
  const [seal] = await ask(
    'select era, last_xid::text as xid, last_id::text as id from audit_seal s where s.n <= $1::bigint order by s.n desc limit 1',
    [n],
  )
  return seal ?? { era: -1, xid: '0', id: '0' }
}

class Pages {
  /** @type {StoredRow[]} */
  #page = []
  #at = 0
  #isLast = false

  constructor(ask, position) {
    this.ask = ask
    this.position = position
  }

  /** The row that comes next, null after the last one. */
  async peek() {
    if (this.#at === this.#page.length && !this.#isLast) await this.#next()
    return this.#page[this.#at] ?? null
  }

  take() {
    return this.#page[this.#at++]
  }

  async #next() {
    const { era, xid, id } = this.position
    this.#page = await this.ask(
      `select ${ROW} from audit_event e where (e.era, e.xid, e.id) > ($1::int, $2::text::xid8, $3::bigint)
       order by e.era, e.xid, e.id limit ${ROWS}`,
      [era, xid, id],
    )
    this.#at = 0
    this.#isLast = this.#page.length < ROWS
    const last = this.#page.at(-1)
    if (last) this.position = last
  }
}
