/** Checks an audit log to its end, from the database or from an export, and says in sentences what it found. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { ChainCheck, rowLine, sealLine } from './chain.mjs'
import { readSignedRoot } from './signed-root.mjs'
import { readChain } from './store-chain.mjs'
import { readSignatures } from './store-signatures.mjs'

/** Longer than this nothing waits for its seal while a worker runs. */
const SEALED_WITHIN_MS = 60_000

/**
 * @typedef {object} Expected a hash that was published or kept elsewhere
 * @property {string} day UTC, as 2026-11-21: the last seal of this day or before it
 * @property {string} hash hex
 *
 * @typedef {object} Keys of the issuer
 * @property {import('node:crypto').KeyObject[]} published
 * @property {import('node:crypto').KeyObject[]} withdrawn
 *
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {string[]} lines what to tell
 */

/**
 * Checks the log of a database, and what was signed of it. Without `keys` the signatures are not looked at.
 * @param {import('./store-chain.mjs').Ask} ask
 * @param {{ expected?: Expected[], keys?: Keys, now?: Date }} [options]
 * @returns {Promise<Outcome>}
 */
export async function verifyDatabase(ask, { expected = [], keys, now = new Date() } = {}) {
  const check = new ChainCheck({ whole: true })
  const signatures = checkSignatures(await readSignatures(ask), keys)
  const days = new Days([...expected, ...signatures.expected])
  const notes = signatures.notes
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
  return outcomeOf(check, days, notes, signatures.wrong)
}

/**
 * Checks an export (JSON lines) by itself: nothing but the file is needed, and to compare with the published hash, or the
 * published signatures and the issuer's keys.
 * @param {string} path
 * @param {{ expected?: Expected[], keys?: Keys, signed?: { day: string, signed: string }[] }} [options]
 * @returns {Promise<Outcome>}
 */
export async function verifyExport(path, { expected = [], keys, signed = [] } = {}) {
  const check = new ChainCheck()
  const signatures = checkSignatures(signed, keys)
  const days = new Days(expected, signatures.expected)
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
  return outcomeOf(check, days, [...signatures.notes, ...notes], signatures.wrong)
}

/**
 * What the signatures of days say the log has to be, and which of them say nothing.
 * @param {{ day: string, signed: string }[]} signatures
 * @param {Keys | undefined} keys
 */
function checkSignatures(signatures, keys) {
  if (!keys) {
    const notes =
      signatures.length === 0 ? [] : [`${signatures.length} signatures of days were not looked at: no keys.`]
    return { expected: [], wrong: [], notes }
  }
  const expected = []
  const wrong = []
  let withdrawn = 0
  for (const { day, signed } of signatures) {
    const read = readSignedRoot(signed, keys.published)
    if (read?.day === day) expected.push({ day, hash: read.hash })
    else if (readSignedRoot(signed, keys.withdrawn)) withdrawn += 1
    else wrong.push(`The signature of ${day} is not one of the issuer's keys for that day.`)
  }
  const notes = [`${new Set(expected.map(({ day }) => day)).size} days have a signature of the issuer.`]
  if (withdrawn > 0) notes.push(`${withdrawn} signatures are by a key that was withdrawn: they say nothing any more.`)
  return { expected, wrong, notes }
}

/** Compares the seals as they pass with the hashes that are expected for days. */
class Days {
  #found = new Map()

  /** `within`: compared only where seals of the day are at hand (an export begins and ends anywhere). */
  constructor(expected, within = []) {
    this.expected = expected
    this.within = within
  }

  see({ last }) {
    const day = last.at.slice(0, 10)
    for (const one of [...this.expected, ...this.within]) if (day <= one.day) this.#found.set(one.day, last)
  }

  faults() {
    const within = this.within.filter(({ day }) => this.#found.get(day)?.at.slice(0, 10) === day)
    return [...this.expected, ...within].flatMap(({ day, hash }) => {
      const found = this.#found.get(day)
      if (found?.hash === hash.toLowerCase()) return []
      const is = found ? `seal ${found.n} is the last one and has ${found.hash}` : 'there is no seal'
      return [`The published hash of ${day} is ${hash}; here ${is}: the log was changed, cut or made anew.`]
    })
  }
}

function outcomeOf(check, days, notes, signatures) {
  const faults = check.faults.map(({ of, at, what }) => `${of === 'row' ? 'Row' : 'Seal'} ${at} ${what}.`)
  const more = check.faultCount - check.faults.length
  const wrong = [...faults, ...(more > 0 ? [`… and ${more} more.`] : []), ...signatures, ...days.faults()]
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
