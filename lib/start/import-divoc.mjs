/** `npm run import:divoc -- …`: takes over a DIVOC registry, with the settings and the database that the product is started with. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations, productRole } from '../migrate.mjs'
import { bundleEntry, endBundling, root } from './bundle.mjs'
import { childEnvironment, startSettings } from './settings.mjs'

const program = join(root, '.build', 'tools', 'import-divoc.mjs')
await bundleEntry('lib/import-divoc.ts', program)
await endBundling()
const settings = startSettings()
const database = settings.externalDatabase
  ? { url: settings.externalDatabase, close: () => {} }
  : await embedded(settings.dataDir)
try {
  await applyMigrations(database.url)
  const env = childEnvironment(settings, database.url, 'production', await productRole(database.url))
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
} finally {
  await database.close()
}

/** The database that npm start runs; started for this import when it does not run. */
async function embedded(dataDir) {
  const running = await startDatabase({ dataDir })
  return { url: running.url, close: () => (running.adopted ? undefined : running.stop()) }
}
