/** Passwords of operators: argon2id, and the same work for a person who does not exist. */
import { randomBytes } from 'node:crypto'
import { hash, verify, type Algorithm } from '@node-rs/argon2'

const ARGON2ID: Algorithm.Argon2id = 2

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Longer than any passphrase, short enough that nobody keeps the server busy with one. */
const LONGEST = 1024

let nobodysHash: Promise<string> | undefined

/** The hash to store, in PHC form with its own salt. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** Whether the password fits. Without a stored hash (no such person) it takes as long and answers false. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  const fits = await verify(stored ?? (await nobodysHash), password.slice(0, LONGEST))
  return fits && stored !== null && password.length <= LONGEST
}
