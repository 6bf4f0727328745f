/** Tells whether a process that was noted down earlier is still the same one: a pid alone proves nothing. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

/**
 * @typedef {{ pid: number, started: string }} ProcessIdentity `started` is opaque: equal only for the same process.
 */

/**
 * Who runs under this pid now; null when nobody does. A zombie counts as nobody (signal 0 would reach it).
 * @param {number} pid
 * @returns {ProcessIdentity | null}
 */
export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return identityOnLinux(pid)
  if (process.platform === 'win32') return answersSignal(pid) ? { pid, started: '' } : null
  return identityFromPs(pid)
}

/**
 * True while the very process that was noted is still running.
 * @param {ProcessIdentity | null | undefined} noted
 */
export function isRunning(noted) {
  if (!noted) return false
  const now = identityOf(noted.pid)
  return now !== null && now.started === noted.started
}

/**
 * The command line of a running process, arguments joined by a blank; "" when it cannot be known.
 * @param {number} pid
 */
export function commandLineOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/**
 * Live processes whose working folder is `folder` (PostgreSQL's processes all work in their data folder). Linux only;
 * elsewhere the answer is empty.
 * @param {string} folder real path
 * @returns {number[]}
 */
export function processesWorkingIn(folder) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === folder && identityOf(pid) !== null)
}

function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null // ended meanwhile, or another user's
  }
}

function identityOnLinux(pid) {
  let stat
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  // The second field is the program's name in brackets and may itself hold blanks and brackets: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  if (state === 'Z' || state === 'X') return null
  // Start time in ticks since boot; the boot id keeps it apart from the same tick of an earlier boot.
  return { pid, started: `${bootId()}/${fields[19]}` }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

function identityFromPs(pid) {
  try {
    const [state = '', ...started] = execFileSync('ps', ['-p', String(pid), '-o', 'stat=,lstart='], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/)
    return state === '' || state.startsWith('Z') ? null : { pid, started: started.join(' ') }
  } catch {
    return null
  }
}

function answersSignal(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
