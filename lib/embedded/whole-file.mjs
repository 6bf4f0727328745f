/** Writes a file so that a reader, or a start after a crash, finds the old content or the new one, never a part. */
import { randomBytes } from 'node:crypto'
import { chownSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * @param {string} file
 * @param {string} content
 * @param {number} [mode] access rights of the file; private unless told
 */
export function writeWhole(file, content, mode = 0o600) {
  renameSync(writeDraft(file, content, mode), file)
}

/**
 * Writes a draft beside the file, under a fresh name, and answers the name.
 * @param {string} file
 * @param {string} content
 * @param {number} [mode]
 */
export function writeDraft(file, content, mode = 0o600) {
  const draft = join(dirname(file), `.${basename(file)}-${randomBytes(6).toString('hex')}`)
  try {
    writeFileSync(draft, content, { flag: 'wx', mode })
  } catch (error) {
    rmSync(draft, { force: true }) // a full disk takes the name and not the content
    throw error
  }
  ownLikeFolder(draft)
  return draft
}

/**
 * One start as root must not lock the usual user out: what root writes into somebody's folder belongs to that somebody.
 * @param {string} path
 */
export function ownLikeFolder(path) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}
