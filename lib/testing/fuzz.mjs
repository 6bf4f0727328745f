/**
 * `npm run fuzz`: random requests at every endpoint, made from the description of the API. Options: --requests 10000,
 * --seed 7 (a new one each time without it; it is said at the end, and the same seed sends the same requests).
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../start/bundle.mjs'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const args = ['run', '--config', 'lib/testing/vitest.config.ts', '--project', 'db', 'lib/testing/fuzz/']
const env = { ...process.env, FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed }
const child = spawn(process.execPath, [vitest, ...args], { cwd: root, env, stdio: 'inherit' })
child.once('close', (code) => process.exit(code ?? 1))
