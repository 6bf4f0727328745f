/** Folders for tests and benches that also the database's user may enter when everything runs as root. */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder with a short path (a Unix socket has to fit). Whoever makes it removes it. */
export function temporaryFolder(prefix = 'errata-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  return folder
}
