/** Whether a disk has room enough for a database to come up and write. */
import { statfsSync } from 'node:fs'

/** A segment of its write-ahead log has 16 MiB; recovering takes one, going on another. */
const LEAST_FREE_BYTES = 48 * 1024 * 1024

/** @param {string} folder on the disk that is meant */
export function isDiskFull(folder) {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < LEAST_FREE_BYTES
}
