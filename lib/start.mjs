/**
 * `npm start`: from a fresh checkout to a running registry, and back down in order. Needs nothing but Node: packages are
 * installed on the way, so this file and what it imports at the top use none.
 */
import { join } from 'node:path'
import { lockHolder, tryLock } from './embedded/lock.mjs'
import { complaintAbout } from './start/node-version.mjs'
import { say } from './start/progress.mjs'
import { startSettings } from './start/settings.mjs'
import { installation } from './start/installation.mjs'

const complaint = complaintAbout(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(1)
}

const mode = process.argv.includes('--dev') ? 'development' : 'production'
let running = null
let ending = null

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0))
endWithNpm()

try {
  const settings = startSettings()
  const path = join(settings.dataDir, 'start.lock')
  const lock = tryLock(path)
  if (lock === null) {
    throw new Error(
      `Another start (process ${lockHolder(path)}) is running for ${settings.dataDir}. Stop it first, or give this one a DATA_DIR and PORT of its own.`,
    )
  }
  running = installation(settings, mode, (reason) => end(1, reason))
  await running.start()
} catch (error) {
  if (!ending) await end(1, error.message)
}

/** Stops everything, the database last, and exits. A second signal finds it under way. */
function end(code, reason) {
  ending ??= (async () => {
    if (reason) console.error(`\n${reason}`)
    if (running) {
      if (code === 0) say('\nStopping')
      await running.stop()
    }
    process.exit(code)
  })()
  return ending
}

/** npm killed without passing the signal on would leave us behind, unseen: then we end as if it had. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(0), 1000).unref()
}
