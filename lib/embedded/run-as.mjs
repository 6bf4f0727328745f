/** PostgreSQL refuses to run as root: which user it runs as, and whether that user reaches a folder. */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** uid and gid of `nobody` on Linux. */
const NOBODY = 65534

/**
 * @typedef {{ uid: number, gid: number } | null} RunAs null = as ourselves
 */

/**
 * The user for the database: the owner of an existing data folder, else `nobody` when we are root, else ourselves.
 * @param {string | null} existing data folder that exists already
 * @returns {RunAs}
 * @throws when the folder belongs to somebody else and we may not become that user
 */
export function databaseUser(existing) {
  if (process.platform === 'win32') return null
  const me = process.getuid()
  const owner = existing === null ? null : statSync(existing)
  if (me === 0) return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY }
  if (owner && owner.uid !== me) {
    throw new Error(
      `The database in ${existing} belongs to user ${owner.uid}, and this is user ${me}. Start as the same user as before, or set DATA_DIR to another folder.`,
    )
  }
  return null
}

/**
 * True when that user can enter the folder and write in it. Asked of the kernel, by a process of that user, since mode
 * bits alone miss access lists and read-only mounts.
 * @param {string} folder
 * @param {RunAs} user
 */
export function canWriteIn(folder, user) {
  return probe('cd "$1" && test -w .', folder, user)
}

/**
 * True when that user can execute the file.
 * @param {string} file
 * @param {RunAs} user
 */
export function canExecute(file, user) {
  return probe('test -x "$1" && test -r "$1"', file, user)
}

function probe(script, path, user) {
  if (user === null) return true
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/', stdio: 'ignore' })
  if (result.error) {
    throw new Error(
      `This machine does not let root start programs as user ${user.uid} (${result.error.code}). Start as an ordinary user, or set DATABASE_URL.`,
    )
  }
  return result.status === 0
}
