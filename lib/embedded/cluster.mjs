/** Makes the data folder: complete or not there at all, whenever the program is killed. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { processesWorkingIn } from './process-identity.mjs'
import { writeWhole } from './whole-file.mjs'

/**
 * Creates the data folder `<home>/postgres` unless it exists. Local sockets are trusted (their folder is 0700), TCP asks
 * for the password.
 * @param {{ home: string, cluster: string, user: import('./run-as.mjs').RunAs }} place
 * @param {string} initdb path of the program
 * @returns {Promise<boolean>} true when it was created now
 */
export async function createCluster({ home, cluster, user }, initdb) {
  if (existsSync(join(cluster, 'PG_VERSION'))) return false
  removeLeftovers(home)
  const draft = mkdtempSync(join(home, 'postgres.new-'))
  mkdirSync(join(draft, 'data'), { mode: 0o700 })
  writeFileSync(join(draft, 'password'), `${clusterPassword(home)}\n`, { mode: 0o600 })
  if (user)
    for (const path of [draft, join(draft, 'data'), join(draft, 'password')]) chownSync(path, user.uid, user.gid)
  await run(
    initdb,
    [
      ...['-D', join(draft, 'data'), '-U', 'errata', '--auth-local=trust', '--auth-host=scram-sha-256'],
      ...[`--pwfile=${join(draft, 'password')}`, '--encoding=UTF8', '--locale=C'],
    ],
    { cwd: draft, user },
  )
  renameSync(join(draft, 'data'), cluster)
  rmSync(draft, { recursive: true, force: true })
  return true
}

/**
 * The superuser's password, made on first use.
 * @param {string} home
 */
export function clusterPassword(home) {
  const file = join(home, 'database.password')
  if (!existsSync(file)) writeWhole(file, randomBytes(24).toString('base64url'))
  return readFileSync(file, 'utf8')
}

/**
 * Environment of PostgreSQL's programs: theirs alone, so that PG* and locale variables of the machine change nothing.
 */
export function cleanEnvironment() {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].filter((name) => process.env[name] !== undefined)
  return { LC_ALL: 'C', ...Object.fromEntries(kept.map((name) => [name, process.env[name]])) }
}

/** Drafts of a start that was killed; one whose initdb still runs is left to it. */
function removeLeftovers(home) {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith('postgres.new-'))) {
    const draft = join(home, name)
    if (processesWorkingIn(draft).length === 0 && processesWorkingIn(join(draft, 'data')).length === 0) {
      rmSync(draft, { recursive: true, force: true })
    }
  }
}

function run(program, args, { cwd, user }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...user,
      cwd,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(
            new Error(`The database could not be created (initdb ended with ${code}):\n${said.trim()}${hint(said)}`),
          ),
    )
  })
}

function hint(said) {
  return said.includes('user does not exist')
    ? '\nPostgreSQL runs only as a user that /etc/passwd knows: add one for this number, or set DATABASE_URL.'
    : ''
}
