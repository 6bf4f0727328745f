/**
 * A lock between processes that outlives kill -9: the holder is named by identity, and a dead holder is succeeded, not deleted.
 *
 * Each holder owns a numbered file `<path>.<n>`; the highest number is the one that counts. Taking over means creating
 * number n + 1, which the file system grants to exactly one process. Deleting a stale lock instead would race: two
 * processes see the same dead holder, and the slower one deletes the quicker one's new lock.
 */
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { identityOf, isRunning } from './process-identity.mjs'
import { writeDraft, writeWhole } from './whole-file.mjs'

/**
 * Takes the lock, or answers null when a live process holds it.
 * @param {string} path where the numbered files stand, for example DATA_DIR/start.lock
 * @returns {{ release(): void } | null}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true })
  for (;;) {
    const latest = generations(path).at(-1) ?? 0
    if (latest > 0 && isRunning(holderOf(`${path}.${latest}`))) return null
    const mine = `${path}.${latest + 1}`
    if (!createWhole(mine, JSON.stringify(identityOf(process.pid)))) continue // somebody else was first: look again
    const now = generations(path)
    if (now.at(-1) !== latest + 1) {
      rmSync(mine, { force: true }) // we looked at an old state of the folder: a later holder exists
      continue
    }
    for (const older of now.slice(0, -1)) rmSync(`${path}.${older}`, { force: true })
    return { release: () => writeWhole(mine, 'null') }
  }
}

/**
 * Takes the lock as soon as it is free. Throws when it is still held after `patienceMs`.
 * @param {string} path
 * @param {number} patienceMs
 * @returns {Promise<{ release(): void }>}
 */
export async function waitForLock(path, patienceMs) {
  const until = Date.now() + patienceMs
  for (;;) {
    const lock = tryLock(path)
    if (lock) return lock
    if (Date.now() > until) throw new Error(`Another process still holds ${path} after ${patienceMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/**
 * The pid of the live holder, or null.
 * @param {string} path
 */
export function lockHolder(path) {
  const latest = generations(path).at(-1)
  const holder = latest === undefined ? null : holderOf(`${path}.${latest}`)
  return isRunning(holder) ? holder.pid : null
}

function generations(path) {
  const prefix = `${basename(path)}.`
  let names
  try {
    names = readdirSync(dirname(path))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  return names
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b)
}

function holderOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null // cleaned up meanwhile, or cut off by a power failure
    throw error
  }
}

/** A reader sees the file with its content or not at all; false when it exists already. */
function createWhole(file, content) {
  const draft = writeDraft(file, content)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
