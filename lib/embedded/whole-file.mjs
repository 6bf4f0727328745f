/** Writes a file so that a reader, or a start after a crash, finds the old content or the new one, never a part. */
import { randomBytes } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * @param {string} file
 * @param {string} content
 * @param {number} [mode] access rights of the file; private unless told
 */
export function writeWhole(file, content, mode = 0o600) {
  const draft = draftOf(file)
  writeFileSync(draft, content, { flag: 'wx', mode })
  renameSync(draft, file)
}

/**
 * A fresh name beside the file, for a draft of it.
 * @param {string} file
 */
export function draftOf(file) {
  return join(dirname(file), `.${basename(file)}-${randomBytes(6).toString('hex')}`)
}
