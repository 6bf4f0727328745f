/**
 * The audit log's chain, and the check of it. Pure, and needs nothing but Node: an auditor can run it beside the product.
 * A row's hash is the sha256 of its line; a seal's root the sha256 of its rows' hashes (32 bytes each) one after the other;
 * a seal's hash the sha256 of its line, which names the hash of the seal before it.
 */
import { createHash } from 'node:crypto'

/** What the first seal names as the one before it. */
export const BEGINNING = '0'.repeat(64)

/**
 * @typedef {object} Row one event; numbers of 64 bits as text
 * @property {string} id
 * @property {number} era grows when the log was restored on another server
 * @property {string} xid number of the transaction that wrote it
 * @property {string} at UTC, as 2026-11-21T11:00:00.000Z
 * @property {string} action
 * @property {string} actorKind
 * @property {string} actorId
 * @property {string} actorName
 * @property {string | null} lineageId
 * @property {string | null} certificateId
 * @property {string} detail JSON as PostgreSQL writes jsonb
 *
 * @typedef {object} Position of a row in the chain
 * @property {number} era
 * @property {string} xid
 * @property {string} id
 *
 * @typedef {object} Seal
 * @property {string} n
 * @property {string} at UTC
 * @property {number} era
 * @property {number} count of rows
 * @property {{ xid: string, id: string }} first
 * @property {{ xid: string, id: string }} last
 * @property {string} root hex
 * @property {string} previous hex
 *
 * @typedef {object} Fault
 * @property {'row' | 'seal'} of
 * @property {string} at id of the row or number of the seal
 * @property {string} what a sentence
 */

/**
 * The line of a row, as the database's function audit_line writes it.
 * @param {Row} row
 */
export function rowLine(row) {
  return (
    `{"id":${row.id},"era":${row.era},"xid":"${row.xid}","at":"${row.at}","action":${JSON.stringify(row.action)},` +
    `"actorKind":${JSON.stringify(row.actorKind)},"actorId":${JSON.stringify(row.actorId)},` +
    `"actorName":${JSON.stringify(row.actorName)},"lineageId":${JSON.stringify(row.lineageId)},` +
    `"certificateId":${JSON.stringify(row.certificateId)},"detail":${row.detail}}`
  )
}

/**
 * The line of a seal.
 * @param {Seal} seal
 */
export function sealLine({ n, at, era, count, first, last, root, previous }) {
  return (
    `{"seal":${n},"at":"${at}","era":${era},"count":${count},"first":{"xid":"${first.xid}","id":${first.id}},` +
    `"last":{"xid":"${last.xid}","id":${last.id}},"root":"${root}","previous":"${previous}"}`
  )
}

/** @param {string} line */
export function hashOf(line) {
  return createHash('sha256').update(line, 'utf8').digest('hex')
}

/**
 * The root of rows in their order.
 * @param {Iterable<string>} hashes hex
 */
export function rootOf(hashes) {
  const root = createHash('sha256')
  for (const hash of hashes) root.update(hash, 'hex')
  return root.digest('hex')
}

/**
 * Below 0 when `one` stands before `other` in the chain.
 * @param {Position} one
 * @param {Position} other
 */
export function compare(one, other) {
  if (one.era !== other.era) return one.era - other.era
  const byTransaction = BigInt(one.xid) - BigInt(other.xid)
  const difference = byTransaction === 0n ? BigInt(one.id) - BigInt(other.id) : byTransaction
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Follows a chain row by row and seal by seal, in its order, and notes what does not fit. Keeps nothing but counts. */
export class ChainCheck {
  /** @type {Fault[]} */
  faults = []
  /** All faults, also those that are not kept any more. */
  faultCount = 0
  rows = 0
  seals = 0
  /**
   * The last seal, and the hash computed for it.
   * @type {{ n: string, hash: string, at: string } | null}
   */
  last = null
  /**
   * Rows since the last seal.
   * @type {{ count: number, oldest: string | null }}
   */
  tail = { count: 0, oldest: null }

  #root = createHash('sha256')
  #inSeal = 0
  /** @type {Position | null} */
  #previous = null

  /**
   * @param {{ keep?: number, whole?: boolean }} [options] how many faults are kept; whether the chain has to begin with the
   *   first seal (an export begins anywhere)
   */
  constructor({ keep = 100, whole = false } = {}) {
    this.keep = keep
    this.whole = whole
  }

  /**
   * The next row of the chain.
   * @param {Position & { at: string }} row
   * @param {string} line as computed from its values, or as exported
   * @param {string} [stored] the hash that is stored with it, hex
   */
  row(row, line, stored) {
    const hash = hashOf(line)
    if (stored !== undefined && stored !== hash) this.fault('row', row.id, 'was edited: it does not fit its own hash')
    if (this.#previous && compare(this.#previous, row) >= 0) this.fault('row', row.id, 'is out of order')
    this.#previous = { era: row.era, xid: row.xid, id: row.id }
    this.#root.update(hash, 'hex')
    this.#inSeal += 1
    this.rows += 1
    this.tail.count += 1
    this.tail.oldest = this.tail.oldest === null || row.at < this.tail.oldest ? row.at : this.tail.oldest
  }

  /**
   * The seal of the rows since the one before it.
   * @param {Seal} seal
   * @param {string} [stored] the hash that is stored with it, hex
   */
  seal(seal, stored) {
    const hash = hashOf(sealLine(seal))
    const root = this.#root.digest('hex')
    const before = this.last
    if (stored !== undefined && stored !== hash) this.fault('seal', seal.n, 'was edited: it does not fit its own hash')
    if (before && BigInt(seal.n) !== BigInt(before.n) + 1n) {
      this.fault('seal', seal.n, `follows seal ${before.n}: seals between them are missing`)
    } else if (before && seal.previous !== before.hash) {
      this.fault('seal', seal.n, `does not follow seal ${before.n}: one of the two was changed`)
    } else if (!before && seal.n === '1' && seal.previous !== BEGINNING) {
      this.fault('seal', seal.n, 'does not begin a chain')
    } else if (!before && seal.n !== '1' && this.whole) {
      this.fault('seal', seal.n, 'is the first that is there: those before it are missing')
    }
    if (this.#inSeal !== seal.count) {
      const difference = this.#inSeal - seal.count
      const said = difference < 0 ? `${-difference} removed` : `${difference} inserted`
      this.fault('seal', seal.n, `covers ${seal.count} rows, ${this.#inSeal} are there: ${said} ${rangeOf(seal)}`)
    } else if (root !== seal.root) {
      this.fault('seal', seal.n, `does not fit its rows: some of them were edited or exchanged ${rangeOf(seal)}`)
    }
    this.seals += 1
    this.last = { n: seal.n, hash, at: seal.at }
    this.#root = createHash('sha256')
    this.#inSeal = 0
    this.tail = { count: 0, oldest: null }
  }

  /**
   * @param {'row' | 'seal'} of
   * @param {string} at
   * @param {string} what
   */
  fault(of, at, what) {
    this.faultCount += 1
    if (this.faults.length < this.keep) this.faults.push({ of, at, what })
  }
}

/** @param {Seal} seal */
function rangeOf({ first, last }) {
  return `(from row ${first.id} of transaction ${first.xid} to row ${last.id} of transaction ${last.xid})`
}
