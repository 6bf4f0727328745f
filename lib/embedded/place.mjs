/** Where the database's files stand: below DATA_DIR, or, when its user cannot get in there, in /var/lib/errata with a note. */
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canWriteIn, databaseUser } from './run-as.mjs'
import { writeWhole } from './whole-file.mjs'

/** Outside DATA_DIR, and not in a temporary folder, which machines clean up. */
const ELSEWHERE = '/var/lib/errata'

/**
 * The folder that holds (or will hold) the data folder `postgres`, and the user it belongs to.
 * @param {string} dataDir DATA_DIR; created when missing
 * @returns {{ home: string, cluster: string, user: import('./run-as.mjs').RunAs }} real paths
 */
export function databasePlace(dataDir) {
  mkdirSync(dataDir, { recursive: true })
  const home = realpathSync(chosenHome(realpathSync(dataDir)))
  const cluster = join(home, 'postgres')
  const user = databaseUser(existsSync(cluster) ? cluster : null)
  if (!canWriteIn(existsSync(cluster) ? cluster : home, existsSync(cluster) ? user : null)) {
    throw new Error(
      `User ${user?.uid} owns the database in ${cluster} but cannot get in there any more. Give the folders above it back their access rights (chmod o+x).`,
    )
  }
  return { home, cluster, user }
}

function chosenHome(dataDir) {
  if (existsSync(join(dataDir, 'postgres'))) return dataDir
  const note = join(dataDir, 'where')
  if (existsSync(note)) return notedHome(note)
  if (reaches(dataDir)) return dataDir
  mkdirSync(ELSEWHERE, { recursive: true })
  chmodSync(ELSEWHERE, 0o755)
  // Not the hash alone: a deleted and re-made DATA_DIR means a fresh start, not the data of the one before.
  const home = mkdtempSync(join(ELSEWHERE, `${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-`))
  chmodSync(home, 0o755)
  writeWhole(note, `${home}\n`, 0o644)
  return home
}

function notedHome(note) {
  const home = readFileSync(note, 'utf8').trim()
  if (existsSync(home)) return home
  throw new Error(
    `${note} says that the database is in ${home}, but that folder is gone. Restore it, or delete ${note} to start empty.`,
  )
}

/** A folder is reached when the user can work in a folder of its own inside it. */
function reaches(dataDir) {
  const user = databaseUser(null)
  if (user === null) return true
  const trial = mkdtempSync(join(dataDir, '.reach-'))
  try {
    chownSync(trial, user.uid, user.gid)
    return canWriteIn(trial, user)
  } finally {
    rmSync(trial, { recursive: true })
  }
}
