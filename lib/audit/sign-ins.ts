/** Sign-ins that were refused, in the log; anybody can make them, so that what nobody's account is about is written sparingly. */
import { createHmac } from 'node:crypto'
import type { Database } from '@/lib/db'
import { Limit } from './limit'
import { Once } from './once'
import { writeEvents } from './store-events'
import { writeUnderAccount } from './store-sign-ins'

export interface RefusedSignIn {
  /** As normalUsername writes it. */
  username: string
  /** Where it came from when that is locked, whichever account was named; else null. */
  lockedAddress: string | null
  /** Keys the hash that stands for an address, or for a name nobody has. */
  secret: string
  /** Code of the refusal. */
  code: string
  /** How it was tried: password, second_factor … */
  how: string
}

const MINUTE = 60_000

const limit = new Limit()
const written = new WeakMap<Database, Once>()

/**
 * Writes a sign-in that was refused: under the account where there is one, else under a keyed hash of the name. Somebody
 * may type the password into the field of the name, so what was typed is never written. The same name that nobody has, or
 * the same locked address, is one line in a quarter of an hour; beyond so many a minute all of them are one.
 */
export async function writeRefusedSignIn(db: Database, at: Date, refused: RefusedSignIn): Promise<void> {
  const { username, lockedAddress, secret, code, how } = refused
  if (lockedAddress === null && (await writeUnderAccount(db, at, refused))) return
  const [kind, value] = lockedAddress === null ? ['account', username] : ['address', lockedAddress]
  const hash = createHmac('sha256', secret).update(`${kind}\n${value}`).digest('hex').slice(0, 16)
  const few = limit.take(at)
  const actor = few
    ? { kind: 'unknown', id: `${kind} ${hash}`, name: `Unknown ${kind}` }
    : { kind: 'unknown', id: 'many', name: 'Many unknown accounts' }
  const once = written.get(db) ?? new Once(15 * MINUTE)
  written.set(db, once)
  const event = { at, action: 'sign_in.refused', actor, detail: { code, how } }
  await once.do([actor.id, code, how].join('\n'), at.getTime(), () => writeEvents(db, [event]))
}
