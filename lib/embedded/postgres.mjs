/** The embedded PostgreSQL: started, adopted when it already runs, stopped. One server per data folder, whatever happens. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databasePrograms } from './binaries.mjs'
import { cleanEnvironment, clusterPassword, createCluster } from './cluster.mjs'
import { openDoor, settingsFor, urlThrough } from './door.mjs'
import { waitForLock } from './lock.mjs'
import { databasePlace } from './place.mjs'
import { identityOf, isRunning } from './process-identity.mjs'
import { answersAs, ensureDatabase } from './connection.mjs'
import { ownLikeFolder } from './whole-file.mjs'
import { clearStalePidFile, readPidFile } from './postmaster.mjs'

/** A crash recovery after heavy writing can take its time. */
const READY_WITHIN_MS = 120_000
const STOP_WITHIN_MS = 30_000

/** Rows hold personal data: the log gets no statements, no values and no details of errors, only the server's own events. */
const QUIET_LOG = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/**
 * Starts the database of a DATA_DIR, or adopts the one that runs there already.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {(line: string) => void} [options.log] told of anything unusual
 * @param {'socket' | 'tcp' | 'auto'} [options.transport]
 * @param {Record<string, string>} [options.settings] further settings of the server
 * @param {string} [options.programs] folder of another PostgreSQL's programs than the installed one's (tests on other versions)
 * @returns {Promise<{ url: string, home: string, adopted: boolean, created: boolean, pid: number, isAlive(): boolean, stop(): Promise<void> }>}
 *   `url` is a connection string for `pg`, `home` the folder with its files; `stop` waits until the server is gone and is harmless when it already is.
 */
export async function startDatabase({ dataDir, log = () => {}, transport = 'auto', settings = {}, programs: folder }) {
  const place = databasePlace(dataDir)
  // Two first starts would collide in initdb, and two starts would each find no server.
  const lock = await waitForLock(join(place.home, 'database.lock'), READY_WITHIN_MS)
  try {
    const password = clusterPassword(place.home)
    const running = await adopt(place, password, log)
    if (running) return running
    const programs = databasePrograms(place.user, place.home, folder)
    const created = await createCluster(place, programs.initdb)
    await clearStalePidFile(place.cluster, log)
    const door = await openDoor(place.home, place.user, transport)
    const identity = await launch(
      place,
      programs.postgres,
      door,
      { ...QUIET_LOG, ...settings, ...settingsFor(door) },
      password,
    )
    await ensureDatabase(urlThrough(door, 'postgres', password), 'errata')
    return handle(place, urlThrough(door, 'errata', password), identity, { adopted: false, created })
  } finally {
    lock.release()
  }
}

/** A server counts as ours only if it answers and says that it works on our folder. */
async function adopt(place, password, log) {
  const { cluster } = place
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    const noted = readPidFile(cluster)
    if (!noted?.door) return null
    const url = urlThrough(noted.door, 'postgres', password)
    if (await answersAs(url, cluster)) {
      await ensureDatabase(url, 'errata')
      return handle(place, urlThrough(noted.door, 'errata', password), identityOf(noted.pid), {
        adopted: true,
        created: false,
      })
    }
    // No answer: dead (the caller clears up), or a true server that is starting, recovering or shutting down.
    if (!noted.isServer()) return null
    if (Date.now() > until)
      throw new Error(`A database server (process ${noted.pid}) holds ${cluster} but does not answer.`)
    log(`waiting for database process ${noted.pid}`)
    await pause(500)
  }
}

async function launch({ home, cluster, user }, postgres, door, settings, password) {
  const logFile = join(home, 'postgres.log')
  if (existsSync(logFile) && statSync(logFile).size > 1_000_000) renameSync(logFile, `${logFile}.1`)
  const output = openSync(logFile, 'a', 0o600)
  ownLikeFolder(logFile)
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  // Detached: Ctrl+C in a terminal reaches the whole group, and the database has to outlive the programs that use it.
  const child = spawn(postgres, args, {
    ...user,
    cwd: cluster,
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended = null
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended ??= `it ended with ${code ?? signal}`))
  child.unref()
  const until = Date.now() + READY_WITHIN_MS
  while (!(await answersAs(urlThrough(door, 'postgres', password), cluster))) {
    if (ended !== null) throw new Error(`The database did not start: ${ended}. See ${logFile}.`)
    if (Date.now() > until)
      throw new Error(`The database did not answer within ${READY_WITHIN_MS / 1000} s. See ${logFile}.`)
    await pause(20)
  }
  return identityOf(child.pid)
}

function handle({ home }, url, identity, { adopted, created }) {
  return {
    url,
    home,
    adopted,
    created,
    pid: identity.pid,
    isAlive: () => isRunning(identity),
    stop: () => stop(identity),
  }
}

async function stop(identity) {
  if (!isRunning(identity)) return
  // SIGINT = fast shutdown: open connections are ended, everything is written. (Windows ends it at once; recovery follows.)
  process.kill(identity.pid, 'SIGINT')
  const until = Date.now() + STOP_WITHIN_MS
  while (isRunning(identity)) {
    if (Date.now() > until) {
      process.kill(identity.pid, 'SIGQUIT') // at once; the next start recovers from the write-ahead log
      return
    }
    await pause(20)
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
