/** Checks an audit log to its end, from the database or from an export, and says in sentences what it found. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { ChainCheck, rowLine, sealLine } from './chain.mjs'
import { readChain } from './store-chain.mjs'

/** Longer than this nothing waits for its seal while a worker runs. */
const SEALED_WITHIN_MS = 60_000

/**
 * @typedef {object} Expected a hash that was published or kept elsewhere
 * @property {string} day UTC, as 2026-11-21: the last seal of this day or before it
 * @property {string} hash hex
 *
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {string[]} lines what to tell
 */

/**
 * Checks the log of a database.
 * @param {import('./store-chain.mjs').Ask} ask
 * @param {{ expected?: Expected[], now?: Date }} [options]
 * @returns {Promise<Outcome>}
 */
export async function verifyDatabase(ask, { expected = [], now = new Date() } = {}) {
  const check = new ChainCheck({ whole: true })
  const days = new Days(expected)
  const notes = []
  for await (const link of readChain(ask)) {
    if ('row' in link) {
      check.row(link.row, rowLine(link.row), link.row.hash)
      if (link.row.action === 'audit.began') notes.push(began(link.row))
    } else {
      check.seal(link.seal, link.seal.hash)
      days.see(check)
    }
  }
  const waited = check.tail.oldest === null ? 0 : now.getTime() - Date.parse(check.tail.oldest)
  if (waited > SEALED_WITHIN_MS) notes.push('The oldest row without a seal waits too long: is a worker running?')
  return outcomeOf(check, days, notes)
}

/**
 * Checks an export (JSON lines) by itself: nothing but the file is needed, and the published hash to compare with.
 * @param {string} path
 * @param {{ expected?: Expected[] }} [options]
 * @returns {Promise<Outcome>}
 */
export async function verifyExport(path, { expected = [] } = {}) {
  const check = new ChainCheck()
  const days = new Days(expected)
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1
    const read = parsed(line)
    if (read === null) check.fault('row', `in line ${number}`, 'cannot be read')
    else if ('seal' in read) {
      const { seal: n, ...rest } = read
      const seal = { ...rest, n: String(n), first: idText(rest.first), last: idText(rest.last) }
      if (sealLine(seal) !== line) check.fault('seal', seal.n, 'is not written as the product writes it')
      check.seal(seal)
      days.see(check)
    } else check.row({ era: read.era, xid: read.xid, id: String(read.id), at: read.at }, line)
  }
  const notes = check.tail.count > 0 ? ['Rows behind the last seal of the file are not covered by any.'] : []
  return outcomeOf(check, days, notes)
}

/** Compares the seals as they pass with the hashes that are expected for days. */
class Days {
  #found = new Map()

  constructor(expected) {
    this.expected = expected
  }

  see({ last }) {
    for (const { day } of this.expected) if (last.at.slice(0, 10) <= day) this.#found.set(day, last)
  }

  faults() {
    return this.expected.flatMap(({ day, hash }) => {
      const found = this.#found.get(day)
      if (found?.hash === hash.toLowerCase()) return []
      const is = found ? `seal ${found.n} is the last one and has ${found.hash}` : 'there is no seal'
      return [`The published hash of ${day} is ${hash}; here ${is}: the log was changed, cut or made anew.`]
    })
  }
}

function outcomeOf(check, days, notes) {
  const faults = check.faults.map(({ of, at, what }) => `${of === 'row' ? 'Row' : 'Seal'} ${at} ${what}.`)
  const more = check.faultCount - check.faults.length
  const wrong = [...faults, ...(more > 0 ? [`… and ${more} more.`] : []), ...days.faults()]
  const { rows, seals, last, tail } = check
  const counted = `${rows} rows, ${seals} seals${last ? `; the last is ${last.n} of ${last.at}, hash ${last.hash}` : ''}.`
  const unsealed =
    tail.count === 0 ? 'Every row is sealed.' : `Not sealed yet: ${tail.count} rows, the oldest of ${tail.oldest}.`
  const verdict = wrong.length === 0 ? 'The audit log is whole.' : 'THE AUDIT LOG IS NOT WHOLE.'
  return { ok: wrong.length === 0, lines: [...wrong, counted, unsealed, ...notes, verdict] }
}

function began({ at, detail }) {
  const { rowsBefore, lastIdBefore } = JSON.parse(detail)
  return `${rowsBefore} rows (up to ${lastIdBefore}) are older than the seals: they were written without a hash and got one on ${at}.`
}

function parsed(line) {
  try {
    const value = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

function idText({ xid, id }) {
  return { xid, id: String(id) }
}
