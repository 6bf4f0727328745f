/** Whoever is refused a sign-in cannot tell why by the time it took: the same work is done, whoever was named. Counted, not timed. */
import { randomUUID } from 'node:crypto'
import type * as Argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { openTestDatabase } from '@/lib/testing/database'
import { hashPassword } from './passwords'
import { signIn } from './sign-in'

const { checked } = vi.hoisted(() => ({ checked: [] as string[] }))
// The real function, and a note of what it was asked.
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof Argon2>()
  const verify: typeof real.verify = (hash, ...rest) => {
    checked.push(String(hash))
    return real.verify(hash, ...rest)
  }
  return { ...real, verify }
})

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

/** What is special about who is named, null = nobody has the name. */
const NAMED: [string, { disabled?: boolean; external?: boolean; password?: string } | null][] = [
  ['a wrong password', {}],
  ['somebody unknown', null],
  ['somebody disabled', { disabled: true }],
  ['somebody who comes through the sign-in service', { external: true }],
  ['a password without end', { password: 'x'.repeat(100_000) }],
  ['an empty password', { password: '' }],
]

test.each(NAMED)('%s: one check of a password, of the same cost', async (_what, facts) => {
  const username = randomUUID()
  const { password = 'wrong', ...person } = facts ?? {}
  if (facts) {
    const passwordHash = await hashPassword('correct horse')
    await db.operator.create({
      data: { id: randomUUID(), username, name: 'x', roles: ['operator'], passwordHash, ...person },
    })
  }
  const context = { db, secret: 'a secret', now: new Date(), uuid: randomUUID, timeZone: 'UTC' }
  checked.length = 0
  const refused = await signIn(context, { username, password, address: null }).catch((error) => error)
  expect(refused).toMatchObject({ code: 'UNAUTHENTICATED', message: 'Username or password is incorrect.' })
  expect(checked.map((hash) => hash.split('$').slice(1, 4).join(' '))).toEqual(['argon2id v=19 m=19456,t=2,p=1'])
})
