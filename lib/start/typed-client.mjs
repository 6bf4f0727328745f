/** `npm run client [file]`: writes the typed client of the API, made from the contract (.build/client.ts unless said otherwise). */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { bundleEntry, root } from './bundle.mjs'
import { say } from './progress.mjs'
import { run } from './run.mjs'

const target = resolve(process.argv[2] ?? join(root, '.build', 'client.ts'))
const program = join(root, '.build', 'tools', 'print-client.mjs')
await bundleEntry('lib/api/print-client.ts', program)
const source = await run('The typed client', process.execPath, [program])
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, source)
say(`Wrote ${target} (${source.split('\n').length} lines).`)
process.exit(0)
