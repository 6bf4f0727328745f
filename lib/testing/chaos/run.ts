/** One chaos run: an installation is started, struck by faults under load, brought to rest, and held against the invariants. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkAll } from './check'
import { Load } from './clients'
import { strikeAll } from './faults'
import { sendFile } from './files'
import { startReceiver } from './hooks'
import { sendMessages, sendVc, type Sent } from './messages'
import { look, startMeter } from './meter'
import { people } from './people'
import { planMessages, planSteps } from './plan'
import { reportOf } from './report'
import { planFaults, type Shape } from './schedule'
import { settle } from './settle'
import type { Violation } from './tables'
import { planVc, type PlannedVc } from './vc'
import { doWork, planWork, type PlannedWork } from './work'
import { startWorld, type Prepared, type World } from './world'

export interface Wanted {
  seed: number
  seconds: number
  shape: Shape
  /** Requests a second of all clients together. */
  rate: number
  /** The version before, ready to run; null = none takes part. */
  before: Prepared | null
  say: (line: string) => void
}

const CLIENTS = 12
/** The longest fault, and a machine with other things to do. */
const SETTLED_WITHIN_MS = 180_000

/** Runs it; true when all invariants hold. What broke them is kept: the database, the logs, the journal. */
export async function runChaos({ seed, seconds, shape, rate, before, say }: Wanted): Promise<boolean> {
  const faults = planFaults(seed, seconds, shape)
  const steps = planSteps(seed, seconds, CLIENTS, rate)
  const messages = shape.brokers > 0 ? planMessages(seed, seconds) : []
  const vc = shape.brokers > 0 ? planVc(seed, seconds) : []
  const work = planWork(seed, seconds)
  const others = `${messages.length + vc.length} messages, ${work.length} times work of people`
  say(`Seed ${seed}: ${steps.length} steps of ${CLIENTS} clients, ${others}, ${faults.length} faults.`)
  const world = await startWorld(shape, before)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void world.stop({ keep: false }).then(() => process.exit(1)))
  }
  say(`Running in ${world.folder}. At the same seed the same is asked and struck; only the times of answers differ.\n`)
  const { outcome, broken } = await strike(world, { seed, faults, steps, messages, vc, work, say }).catch(
    async (error) => {
      await world.stop({ keep: true })
      throw new Error(`${error instanceof Error ? error.stack : error}\nEverything is kept in ${world.folder}.`)
    },
  )
  writeFileSync(join(world.folder, 'journal.json'), JSON.stringify({ ...outcome, samples: undefined }, null, 1))
  await world.stop({ keep: broken.length > 0 })
  say(`\n${reportOf(outcome)}`)
  if (broken.length > 0) say(`\nThe database, the logs and the journal are kept in ${world.folder}.`)
  return broken.length === 0
}

interface Planned {
  seed: number
  faults: ReturnType<typeof planFaults>
  steps: ReturnType<typeof planSteps>
  messages: ReturnType<typeof planMessages>
  vc: PlannedVc[]
  work: PlannedWork[]
  say: (line: string) => void
}

async function strike(world: World, { seed, faults, steps, messages, vc, work, say }: Planned) {
  const staff = await people(world)
  const receiver = await startReceiver(world, staff)
  const began = Date.now()
  const meter = startMeter(world, began)
  const urls = world.webs.map(({ url }) => url)
  const load = new Load(seed, urls, began)
  const third = steps.at(-1)!.at / 3
  const [struck, sent, file] = await Promise.all([
    strikeAll(world, faults, began, say),
    messages.length > 0 ? sendMessages(world, seed, messages, began) : ([] as Sent[]),
    sendFile(seed, urls, began, third),
    vc.length > 0 ? sendVc(world, vc, began) : [],
    doWork(world, staff, seed, work, began),
    load.run(steps),
  ])
  const loadEnded = Date.now()
  say('\nThe load and the faults are over; waiting until nothing waits.')
  const left = await settle(world, SETTLED_WITHIN_MS)
  const settledAfter = Date.now() - loadEnded
  await meter.stop()
  meter.samples.push({ at: Date.now() - began, ...(await world.database.ask(look)) })
  say('Checking the invariants.')
  const waits: Violation[] =
    left.length > 0 ? [{ invariant: `nothing waits after ${SETTLED_WITHIN_MS / 1000} s`, rows: left }] : []
  const notStruck = struck.filter(({ problem }) => problem !== null)
  const missed: Violation[] = notStruck.length > 0 ? [{ invariant: 'every fault was struck', rows: notStruck }] : []
  const { skipped } = load
  const entries = [file, ...load.entries]
  const { received } = receiver
  const { broken: found, looked } = await checkAll(world, { entries, sent, vc, work, received })
  await staff.context.db.$disconnect()
  const badEnds = await endAll(world)
  await receiver.stop()
  const broken = [...waits, ...missed, ...found, ...badEnds]
  return {
    broken,
    outcome: {
      seed,
      faults: struck,
      entries,
      skipped,
      messages: sent.length + vc.length,
      work: counted(work.map((one) => one.work)),
      received: received.length,
      samples: meter.samples,
      settledAfter,
      looked,
      broken,
    },
  }
}

function counted(words: string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]),
  )
}

/** At last everything is asked to end, as when a machine is shut down. */
async function endAll({ workers, relays, webs, badEnds }: World): Promise<Violation[]> {
  const before = badEnds.length
  await Promise.all([...workers, ...relays, ...webs].map((one) => one.end()))
  const rows = badEnds.slice(before)
  return rows.length > 0 ? [{ invariant: 'asked to end, every process ends in good order', rows }] : []
}
