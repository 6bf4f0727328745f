/** `npm run keys -- …`: lists, rotates and withdraws signing keys, with the settings that the product is started with. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bundleEntry, endBundling, root } from './bundle.mjs'
import { startSettings } from './settings.mjs'

const program = join(root, '.build', 'tools', 'keys.mjs')
await bundleEntry('lib/keys.ts', program)
await endBundling()
const { dataDir } = startSettings()
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // No database is asked; the settings want one all the same.
  env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: process.env.DATABASE_URL || 'postgresql://localhost/none' },
})
process.exit(status ?? 1)
