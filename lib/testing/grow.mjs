/**
 * `npm run grow -- --certificates 1000000 [--data DIR] [--seed N] [--measure]`: a large registry to measure on, in DATABASE_URL or in a
 * data folder of its own on which `npm start` can be started (DATA_DIR). Never in the folder of an installation.
 */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { bundleEntry, endBundling, root } from '../start/bundle.mjs'
import { generateClient } from '../start/prepare.mjs'

/** Who measures asks more often than anybody may. */
const UNLIMITED = {
  ...{ RATE_LIMIT_PER_MINUTE: '0', RATE_LIMIT_SEARCHES_PER_MINUTE: '0', RATE_LIMIT_ADDRESS_PER_MINUTE: '0' },
  ...{ LOOK_UPS_PER_PERSON_HOUR: '0', LOOK_UPS_PER_PERSON_DAY: '0' },
  ...{ LOOK_UPS_PER_CLIENT_HOUR: '0', LOOK_UPS_PER_CLIENT_DAY: '0' },
}

/** Bulk loading with the default's checkpoints would write everything twice. */
const SETTINGS = { max_wal_size: '4GB', checkpoint_timeout: '15min', shared_buffers: '1GB' }

const args = process.argv.slice(2)
const at = args.indexOf('--data')
const [, folder] = at < 0 ? [] : args.splice(at, 2)
if (!folder && !process.env.DATABASE_URL) {
  console.error('Say where: --data FOLDER (made when it is missing), or DATABASE_URL.')
  process.exit(1)
}
const dataDir = resolve(folder ?? process.env.DATA_DIR ?? '.data')

await generateClient()
const program = join(root, '.build', 'grow.mjs')
await bundleEntry('lib/testing/growth/grow.ts', program)
await endBundling()
const database = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, close: () => {} } : await embedded()
try {
  await applyMigrations(database.url)
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    ...UNLIMITED,
    NEXTAUTH_SECRET: 'of a registry that nobody signs in to',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
  }
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
} finally {
  await database.close()
}

async function embedded() {
  const running = await startDatabase({ dataDir, settings: SETTINGS })
  return { url: running.url, close: () => (running.adopted ? undefined : running.stop()) }
}
