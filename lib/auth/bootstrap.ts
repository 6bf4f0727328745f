/** The first operator and the first API client, made once in an empty installation. As a program it prints them as JSON. */
import { randomBytes, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { config, type Config } from '@/lib/config'
import { database, type Database } from '@/lib/db'
import { hashPassword } from './passwords'
import { ROLES } from './roles'
import { SCOPES } from './scopes'
import { normalUsername } from './sign-in'
import { hashToken, makeToken } from './tokens'

/** What was made just now, to be printed once; null for what was there already. */
export interface Bootstrapped {
  operator: { username: string; password: string } | null
  apiToken: string | null
}

/** Any number nobody else locks: two processes that start at once make one operator. */
const LOCK = 7_311_001

/**
 * Makes the first operator when there is none, and the API client "bootstrap" when there is no client. Both act for all
 * facilities; the operator has every role, so that one person can try everything: a country gives them to different people.
 */
export async function bootstrap(
  db: Database,
  settings: Pick<Config, 'bootstrap'>,
  oneTime = !settings.bootstrap.operator,
): Promise<Bootstrapped> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`
    const made: Bootstrapped = { operator: null, apiToken: null }
    if ((await tx.operator.count()) === 0) {
      made.operator = firstOperator(settings.bootstrap.operator)
      const { username, password } = made.operator
      const passwordHash = await hashPassword(password)
      await tx.operator.create({
        data: {
          id: randomUUID(),
          username,
          name: username,
          passwordHash,
          // A password that was shown on a screen is good for one sign-in; one that somebody chose for automation is theirs.
          mustChangePassword: oneTime,
          roles: [...ROLES],
        },
      })
    }
    if ((await tx.apiClient.count()) === 0) {
      made.apiToken = settings.bootstrap.apiToken ?? makeToken()
      await tx.apiClient.create({
        data: {
          id: randomUUID(),
          name: 'First access token',
          tokenHash: hashToken(made.apiToken),
          scopes: [...SCOPES],
        },
      })
    }
    return made
  })
}

function firstOperator(given: string | undefined): { username: string; password: string } {
  if (!given) return { username: 'admin', password: randomBytes(12).toString('base64url') }
  const at = given.indexOf(':')
  return { username: normalUsername(given.slice(0, at)), password: given.slice(at + 1) }
}

// A folder may be reached through a link, and an import is not a start.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const made = await bootstrap(database(), config(), process.argv.includes('--one-time'))
  process.stdout.write(`${JSON.stringify(made)}\n`)
  await database().$disconnect()
}
