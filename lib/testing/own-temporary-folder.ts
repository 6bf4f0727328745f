/**
 * Imported by the settings of a test run: what its tests and their programs write below the system's temporary folder goes into a
 * folder of the run's own, which ends with it; in memory where there is room.
 */
import { rmSync } from 'node:fs'
import { placeForTests } from './in-memory.mjs'
import { temporaryFolder } from './temporary-folder'

// The settings are read once for each kind of test.
if (!process.env.ERRATA_TEST_FOLDER) {
  process.env.TMPDIR = placeForTests()
  const folder = temporaryFolder('errata-')
  process.env.ERRATA_TEST_FOLDER = folder
  process.env.TMPDIR = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}
