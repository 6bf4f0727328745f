/**
 * `npm run chaos`: an installation of several real processes on this machine, struck by faults under load, then held
 * against the invariants. Options: --seed 7 (a new one each time without it; the same seed asks and strikes the same, only
 * times differ), --minutes 3, --kafka 0|1|3 (brokers; 1 where a broker can be had), --workers 2, --relays 2, --webs 2,
 * --rate 12 (requests a second), --before COMMIT (the version that runs beside this one now and then, prepared once, in
 * minutes; without it what is on the server; "none" = there is none). Exit code 1: an invariant is broken, and everything is
 * kept in a folder.
 */
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleEntry, endBundling, root } from '../start/bundle.mjs'
import { prepare } from '../start/prepare.mjs'
import { say, step } from '../start/progress.mjs'
import { commitBefore, preparedVersion } from './earlier.mjs'
import { fetchBroker } from './kafka/jars.mjs'

const number = (standard) => ({ type: 'string', default: String(standard) })
const { values } = parseArgs({
  options: {
    seed: number(randomInt(1_000_000)),
    minutes: number(3),
    kafka: number(1),
    workers: number(2),
    relays: number(2),
    webs: number(2),
    rate: number(12),
    before: { type: 'string' },
  },
})
const { before: named, ...numbers } = values
const wanted = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, wholeOrNot(name, value)]))
await prepare({ pages: true })
const missing = wanted.kafka > 0 ? await step('Getting the broker', fetchBroker) : 'none is wanted'
if (missing) say(`Without Kafka: ${missing}.`)
const brokers = missing ? 0 : wanted.kafka
const disks = mayMount() ? 1 : 0
if (disks === 0) say('Without a full disk: only root on Linux may mount a small one.')
const before = named === 'none' ? null : await preparedVersion(commitBefore(named), say)
const { workers, webs } = wanted
// Without brokers there is nothing to carry.
const shape = { workers, webs, brokers, disks, relays: brokers > 0 ? wanted.relays : 0, before: before ? 1 : 0 }

const program = join(root, '.build', 'test', `chaos-${process.pid}.mjs`)
await bundleRun(program)
const { runChaos } = await import(pathToFileURL(program).href)
rmSync(program)
const { seed, rate, minutes } = wanted
const held = await runChaos({ seed, seconds: Math.round(minutes * 60), shape, rate, before, say })
process.exit(held ? 0 : 1)

function mayMount() {
  return process.platform === 'linux' && process.getuid() === 0
}

function wholeOrNot(name, value) {
  const number = Number(value)
  const fits = name === 'minutes' ? number > 0 : Number.isInteger(number) && number >= 0
  if (fits && (name !== 'kafka' || [0, 1, 3].includes(number))) return number
  throw new Error(`--${name} cannot be "${value}".`)
}

/** Our TypeScript becomes one program; what is JavaScript already stays where it is, since it knows its files by its place. */
async function bundleRun(outfile) {
  const inPlace = ({ path, resolveDir }) => ({
    path: pathToFileURL(resolve(resolveDir, path)).href,
    external: true,
  })
  const plugin = { name: 'in place', setup: (all) => all.onResolve({ filter: /^\..*\.mjs$/ }, inPlace) }
  await bundleEntry('lib/testing/chaos/run.ts', outfile, [plugin])
  await endBundling()
}
