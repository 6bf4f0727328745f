/**
 * `npm run test:kafka`: the queue on a real broker, which this starts by itself. Where there is no Java, or its jars
 * cannot be fetched, it says so in one line and counts as skipped.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../start/bundle.mjs'
import { prepare } from '../start/prepare.mjs'
import { say, step } from '../start/progress.mjs'
import { fetchBroker } from './kafka/jars.mjs'

const missing = await step('Getting the broker', fetchBroker)
if (missing) {
  say(`Skipped: the Kafka tests did not run, because ${missing}.`)
  process.exit(0)
}
await prepare({ pages: false })
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const args = ['run', '--config', 'lib/testing/vitest.kafka.config.ts', ...process.argv.slice(2)]
spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' }).once('close', (code) =>
  process.exit(code ?? 1),
)
