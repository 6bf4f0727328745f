/** PostgreSQL's own pid file: read, and removed only after proof that it is stale. */
import { readFileSync, readlinkSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { commandLineOf, identityOf, processesWorkingIn } from './process-identity.mjs'

const ORPHANS_END_WITHIN_MS = 15_000

/**
 * The noted server of a data folder; null without a (complete) pid file. Lines of the file: pid, data folder, start
 * time, port, socket folder, listen address (PostgreSQL, storage/lmgr pid file `postmaster.pid`).
 * @param {string} cluster real path
 * @returns {{ pid: number, door: import('./door.mjs').Door | null, isServer(): boolean } | null}
 */
export function readPidFile(cluster) {
  let lines
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  const socketDir = lines[4]?.trim()
  const door = socketDir ? { socketDir } : port > 0 && lines[5]?.trim() ? { port } : null
  return { pid, door, isServer: () => isServerOf(pid, cluster) }
}

/**
 * Removes a pid file whose process is gone, a zombie, or some other program that got the number since. PostgreSQL would
 * take any live process of that number for a running server and refuse to start. Processes of a killed server that
 * still work in the folder are waited for first, then ended: a second server beside them could destroy data.
 * @param {string} cluster real path
 * @param {(line: string) => void} log
 */
export async function clearStalePidFile(cluster, log) {
  const noted = readPidFile(cluster)
  if (!noted) return
  if (noted.isServer()) throw new Error(`A database server (process ${noted.pid}) runs on ${cluster} already.`)
  const until = Date.now() + ORPHANS_END_WITHIN_MS
  let orphans
  while ((orphans = processesWorkingIn(cluster).filter(isPostgres)).length > 0) {
    if (Date.now() > until) for (const pid of orphans) process.kill(pid, 'SIGQUIT')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  log('the database was not shut down last time; it recovers what was committed')
  // On Linux we have proof that nobody works in the folder. Elsewhere PostgreSQL's own checks have the last word.
  if (process.platform === 'linux') rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function isServerOf(pid, cluster) {
  if (identityOf(pid) === null) return false
  if (process.platform === 'linux') return isPostgres(pid) && processesWorkingIn(cluster).includes(pid)
  const command = commandLineOf(pid)
  return process.platform === 'win32' || (command.includes('postgres') && command.includes(cluster))
}

function isPostgres(pid) {
  try {
    // "postgres (deleted)" when the program's file was replaced while it runs, for example by npm ci.
    return basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres')
  } catch {
    return commandLineOf(pid).includes('postgres') // another user's process hides its file
  }
}
