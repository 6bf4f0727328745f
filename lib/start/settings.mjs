/** What the start itself has to know, and the environment that the programs get from it. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeWhole } from '../embedded/whole-file.mjs'

/**
 * Reads the settings of the start; makes DATA_DIR. The programs check all the others themselves (lib/config.ts).
 * @throws with a sentence when PORT is no port, or ROLES cannot be run like this
 */
export function startSettings() {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT has to be a number from 1 to 65535, not "${process.env.PORT}".`)
  }
  const dataDir = resolve(process.env.DATA_DIR || '.data')
  const roles = rolesOf(process.env.ROLES)
  const isWhole = roles.length === KNOWN_ROLES.length
  if (!isWhole && !process.env.DATABASE_URL) {
    throw new Error(
      `ROLES=${roles} leaves some work to other processes: DATABASE_URL has to say on which database they meet. Without it this start would bring up one of its own.`,
    )
  }
  mkdirSync(dataDir, { recursive: true })
  return {
    /** What runs here: pages and API (web), issuing (worker), the messages of the broker (relay). */
    roles,
    /** Everything in one: nothing is left to processes elsewhere, though there may be some. */
    isWhole,
    port,
    /** Where something answers /readyz: the web server, or without one the program beside it. */
    readyPort: roles.includes('web') ? port : Number(process.env.HEALTH_PORT || port),
    /** How long the web server goes on after it was told to stop: whoever sends it requests has to hear of it first. */
    drainSeconds: Number(process.env.DRAIN_SECONDS || 0),
    host: process.env.HOST || '127.0.0.1',
    dataDir,
    address: process.env.PUBLIC_URL || `http://localhost:${port}`,
    externalDatabase: process.env.DATABASE_URL || null,
    /** Example data goes into our own database only, unless somebody asks for it: SEED=on, SEED=off. */
    seed: process.env.SEED ? process.env.SEED !== 'off' : !process.env.DATABASE_URL,
  }
}

const KNOWN_ROLES = ['web', 'worker', 'relay']

function rolesOf(text) {
  const given = (text || KNOWN_ROLES.join(',')).split(/[\s,]+/).filter(Boolean)
  const unknown = given.filter((role) => !KNOWN_ROLES.includes(role))
  if (unknown.length > 0 || given.length === 0) {
    throw new Error(`ROLES has to be ${KNOWN_ROLES.join(', ')} or several of them with commas between, not "${text}".`)
  }
  return KNOWN_ROLES.filter((role) => given.includes(role))
}

/**
 * The environment of worker, web server, seed and bootstrap.
 * @param {ReturnType<typeof startSettings>} settings
 * @param {string} databaseUrl
 * @param {'production' | 'development'} mode
 * @param {string | null} role under which the programs work on the database
 */
export function childEnvironment(settings, databaseUrl, mode, role) {
  return {
    ...process.env,
    NODE_ENV: mode,
    ROLES: settings.roles.join(','),
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
    HOST: settings.host,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    DATABASE_ROLE: process.env.DATABASE_ROLE || (role ?? ''),
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || sessionSecret(settings),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || settings.address,
  }
}

const FOR_THE_WORKER_ALONE = [
  'CERTIFICATE_PRIVATE_KEY',
  'CERTIFICATE_ED25519_PRIVATE_KEY',
  'SIGNER_URL',
  'SIGNER_TOKEN',
]

/**
 * The environment of programs that sign nothing. The names are there, empty: Next would take missing ones from a file .env.
 * @param {Record<string, string | undefined>} env
 */
export function withoutPrivateKeys(env) {
  return { ...env, ...Object.fromEntries(FOR_THE_WORKER_ALONE.map((name) => [name, ''])) }
}

/** Signs the sessions of the operators; made once, so that they stay signed in over a restart. */
function sessionSecret({ dataDir }) {
  const file = secretFile(dataDir)
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString('base64url'))
  return readFileSync(file, 'utf8')
}

/** Where the secret of the sessions is kept that nobody gave. */
export function secretFile(dataDir) {
  return join(dataDir, 'secret')
}
