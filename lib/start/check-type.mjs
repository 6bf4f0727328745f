/** `npm run check:type <folder> [sample.pdf [large] [a4|us-letter]]`: checks a certificate type that is not published yet; no database is asked. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { bundleEntry, endBundling, root } from './bundle.mjs'

const program = join(root, '.build', 'tools', 'check-type.mjs')
await bundleEntry('lib/check-type.ts', program)
await endBundling()
// npm changes into the root; the names are meant from where it was called.
const [folder, sample, ...form] = process.argv.slice(2)
const names = [folder, sample].filter(Boolean).map((name) => resolve(process.env.INIT_CWD || '.', name))
const { status } = spawnSync(process.execPath, [program, ...names, ...form], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, DATABASE_URL: process.env.DATABASE_URL || 'postgresql://localhost/none' },
})
process.exit(status ?? 1)
