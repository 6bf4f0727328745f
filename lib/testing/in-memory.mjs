/** Where what tests write lies: in memory where the system has room for it. */
import { accessSync, constants, readFileSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

/** Where Linux keeps files in memory. A container may have given it a few megabytes. */
const IN_MEMORY = '/dev/shm'
/** Bytes; many times what lies there at any one time. */
const ROOM = 4 * 2 ** 30

/**
 * Path of a folder whose files lie in memory, else the system's temporary folder. Tests make and drop hundreds of databases of
 * 900 files each, and ext4 goes through every file that was deleted in the last minute before it makes a new one
 * (`recently_deleted` in fs/ext4/ialloc.c of Linux): a copy takes 750 ms there and 40 in memory.
 */
export function placeForTests() {
  return isRoomy(IN_MEMORY) ? IN_MEMORY : tmpdir()
}

/** Whether programs may be written there and run, and both the folder and the memory have room. */
function isRoomy(folder) {
  if (process.platform !== 'linux') return false
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, path]) => path === folder)
  const [, , kind, options] = mount ?? []
  if (kind !== 'tmpfs' || options.split(',').includes('noexec') || !isOurs(folder)) return false
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > ROOM && freemem() > 2 * ROOM
}

function isOurs(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
