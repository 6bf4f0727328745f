/** Carries the faults out, each until what it broke is put right again. */
import pg from 'pg'
import type { Place } from './processes'
import { FAULTS, type Fault, type FaultName } from './schedule'
import { pause, type World } from './world'

/** How many rows' locks are held, of the people that somebody may be writing to at this moment. */
const LOCKED_ROWS = 20

type Strike = (world: World, target: number, ms: number) => Promise<void>

const killed =
  (of: (world: World) => Place[]): Strike =>
  async (world, target, ms) => {
    const place = of(world)[target]!
    await place.kill()
    await pause(ms)
    place.start()
  }

const frozen =
  (of: (world: World) => Place[]): Strike =>
  async (world, target, ms) => {
    const place = of(world)[target]!
    place.freeze()
    await pause(ms)
    place.thaw()
  }

const ended =
  (of: (world: World) => Place[]): Strike =>
  async (world, target, ms) => {
    const place = of(world)[target]!
    await place.end()
    await pause(ms)
    place.start()
  }

/** As in a rolling update, there and back: the place goes on with the version before, and then with this one again. */
const ofVersionBefore =
  (of: (world: World) => Place[]): Strike =>
  async (world, target, ms) => {
    const place = of(world)[target]!
    await place.goOnAs('before')
    await pause(ms)
    await place.goOnAs('now')
  }

const workers = (world: World) => world.workers
const relays = (world: World) => world.relays
const webs = (world: World) => world.webs

const STRIKES: Record<FaultName, Strike> = {
  'worker killed': killed(workers),
  'worker frozen': frozen(workers),
  'worker ended': ended(workers),
  async 'worker with a wrong clock'(world, target, ms) {
    const worker = world.workers[target]!
    await worker.signal('SIGUSR2')
    const { pid } = worker
    await pause(ms)
    // Another process that was started meanwhile has the right time.
    if (worker.pid === pid) await worker.signal('SIGUSR2')
  },
  async 'workers replaced one by one'(world, _target, ms) {
    for (const worker of world.workers) {
      await worker.end()
      worker.start()
      await pause(ms)
    }
  },
  'worker of the version before': ofVersionBefore(workers),
  'relay killed': killed(relays),
  'relay frozen': frozen(relays),
  'relay ended': ended(relays),
  async 'consumer crashed'(world, target) {
    await world.relays[target]!.signal('SIGUSR2')
  },
  'web killed': killed(webs),
  'web frozen': frozen(webs),
  'web ended': ended(webs),
  'web of the version before': ofVersionBefore(webs),
  async 'database killed'({ database }, _target, ms) {
    await database.kill()
    await pause(ms)
    await database.back()
  },
  async 'database restarted'({ database }, _target, ms) {
    await database.stop()
    await pause(ms)
    await database.back()
  },
  async 'database connections cut'({ database }) {
    await database.ask((client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'chaos'`,
      ),
    )
  },
  async 'database connections used up'({ database }, _target, ms) {
    const taken: pg.Client[] = []
    try {
      for (;;) {
        const client = new pg.Client({ connectionString: database.url, application_name: 'chaos takes all' })
        client.on('error', () => {})
        await client.connect()
        taken.push(client)
      }
    } catch {
      await pause(ms) // none is left, which is what was wanted
    } finally {
      await Promise.all(taken.map((client) => client.end().catch(() => {})))
    }
  },
  async 'database disk full'({ database, disk }, _target, ms) {
    disk!.fill()
    await pause(ms)
    disk!.free()
    // PostgreSQL ends when it cannot write its log; whoever runs it starts it again.
    await database.back()
  },
  async 'locks held'({ database }, _target, ms) {
    await database.ask(async (client) => {
      await client.query('begin')
      await client.query(
        'select 1 from lineage where id in (select id from lineage order by created_at desc limit $1) for update skip locked',
        [LOCKED_ROWS],
      )
      await pause(ms)
      await client.query('rollback')
    })
  },
  async 'broker killed'({ brokers }, target, ms) {
    const node = brokers!.nodes[target]!
    await brokers!.kill(node)
    await pause(ms)
    await brokers!.start(node)
  },
  async 'leaders moved'({ brokers }) {
    for (const topic of ['certify', 'certified']) await brokers!.moveLeader(topic)
  },
}

/** What became of a fault; times in milliseconds after the load began. */
export interface Struck extends Fault {
  from: number
  until: number
  /** Why it could not be done; null when it was. */
  problem: string | null
}

/** Strikes at the planned times. Resolves when all of them are over; one that cannot be done is noted and holds up no other. */
export async function strikeAll(
  world: World,
  faults: Fault[],
  began: number,
  say: (line: string) => void,
): Promise<Struck[]> {
  // The database and the brokers each suffer one fault at a time: two that overlap would undo each other.
  const turns = new Map<string, Promise<unknown>>()
  return Promise.all(
    faults.map(async (fault) => {
      await pause(began + fault.at - Date.now())
      const whose = turnOf(fault)
      const before = turns.get(whose) ?? Promise.resolve()
      const mine = before.then(async () => {
        const from = Date.now() - began
        say(`${seconds(from)}  ${fault.name}, ${fault.target + 1}, for ${fault.ms / 1000} s`)
        const problem = await STRIKES[fault.name](world, fault.target, fault.ms).then(
          () => null,
          (error: unknown) => String(error),
        )
        return { ...fault, from, until: Date.now() - began, problem }
      })
      turns.set(whose, mine)
      return mine
    }),
  )
}

function turnOf({ name, target }: Fault): string {
  const { part } = FAULTS[name]
  if (part === 'disks') return 'database'
  return part === 'database' || part === 'brokers' || name === 'workers replaced one by one'
    ? part
    : `${part} ${target}`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).padStart(6)} s`
}
