/** Places in the status lists: given away in a shuffled order, each once, in statements that hold no lock through issuing. */
import { createHmac } from 'node:crypto'
import type { Statements } from '@/lib/db'

/** Where a certificate stands in the status lists. */
export interface Place {
  listId: number
  index: number
}

/** Places of one list: the least that W3C's Bitstring Status List allows, so that nobody can be told by the list's size. */
export const LIST_LENGTH = 131_072

const SEED_BYTES = 32

/**
 * Takes `n` places. Call it outside the issuing transaction: the row of the list is locked for one short statement only,
 * and a place whose certificate never comes to be is lost, never given again. Goes on in the next list when one is full.
 */
export async function allocatePlaces(
  db: Statements,
  n: number,
  random: (bytes: number) => Uint8Array,
  length = LIST_LENGTH,
): Promise<Place[]> {
  const places: Place[] = []
  while (places.length < n) {
    const taken = await takeNext(db, n - places.length)
    if (!taken) await openList(db, random, length)
    else for (let at = taken.from; at < taken.to; at++) places.push(placeOf(taken, at))
  }
  return places
}

/**
 * Opens the next list while there are fewer than half a list of free places, so that it is published before the first
 * certificate refers to it.
 */
export async function prepareNextList(
  db: Statements,
  random: (bytes: number) => Uint8Array,
  length = LIST_LENGTH,
): Promise<void> {
  const rows = await db.$queryRaw<{ free: number }[]>`
    select coalesce(sum(length - used), 0)::int as free from status_list where used < length`
  if (rows[0]!.free < length / 2) await openList(db, random, length, length / 2)
}

interface Taken {
  id: number
  length: number
  seed: Uint8Array
  from: number
  to: number
}

/**
 * The next places of the oldest list that has some; null when none has (or somebody else just took the last ones). "No key":
 * a certificate that is being issued holds on to the row of its list until it is committed.
 */
async function takeNext(db: Statements, n: number): Promise<Taken | null> {
  const rows = await db.$queryRaw<Taken[]>`
    update status_list l set used = least(l.length, l.used + ${n}::int)
    from (select id, used from status_list where used < length order by id limit 1 for no key update) open
    where l.id = open.id
    returning l.id, l.length, l.seed, open.used as from, l.used as to`
  return rows[0] ?? null
}

/** Two that open a list at once pick the same number: the second one's row gives way. */
async function openList(
  db: Statements,
  random: (bytes: number) => Uint8Array,
  length: number,
  enough = 1,
): Promise<void> {
  await db.$executeRaw`
    insert into status_list (id, length, seed)
    select coalesce(max(id), 0) + 1, ${length}::int, ${Buffer.from(random(SEED_BYTES))}
    from status_list
    having coalesce(sum(length - used), 0) < ${Math.ceil(enough)}::int
    on conflict (id) do nothing`
}

function placeOf(list: Taken, counter: number): Place {
  return { listId: list.id, index: shuffled(counter, list.length, list.seed) }
}

const ROUNDS = 6

/**
 * The counter's number in an order that only the seed tells: a Feistel network over the next even number of bits, keyed by
 * HMAC-SHA-256, walked on until it falls into the range. A bijection of 0..length-1.
 */
export function shuffled(counter: number, length: number, seed: Uint8Array): number {
  const half = Math.max(1, Math.ceil(Math.log2(length) / 2))
  const mask = 2 ** half - 1
  const mixed = mixerOf(seed, half)
  let value = counter
  do {
    let left = Math.floor(value / 2 ** half)
    let right = value & mask
    for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ (mixed(round, right) & mask)]
    value = left * 2 ** half + right
  } while (value >= length)
  return value
}

type Mixer = (round: number, right: number) => number

/** Of the lists in use: mostly one, and the next. */
const MOST_MIXERS = 4
const mixers = new Map<string, Mixer>()

/** What a half is mixed with in each round. There are few halves, and a list asks for each many times: its HMAC is taken once. */
function mixerOf(seed: Uint8Array, half: number): Mixer {
  const name = `${half} ${Buffer.from(seed).toString('hex')}`
  const known = mixers.get(name)
  if (known) return known
  const taken = new Map<number, number>()
  const mixer: Mixer = (round, right) => {
    const at = right * ROUNDS + round
    const before = taken.get(at)
    if (before !== undefined) return before
    const mixed = createHmac('sha256', seed).update(`${round}:${right}`).digest().readUInt32BE(0)
    taken.set(at, mixed)
    return mixed
  }
  mixers.set(name, mixer)
  if (mixers.size > MOST_MIXERS) mixers.delete(mixers.keys().next().value!)
  return mixer
}
