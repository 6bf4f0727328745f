/** An installation of several real processes on this machine: a database server, brokers, workers, relays, web servers. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { startDatabase } from '../../embedded/postgres.mjs'
import { applyMigrations, productRole } from '../../migrate.mjs'
import { root } from '../../start/bundle.mjs'
import { BUNDLES } from '../../start/prepare.mjs'
import { run } from '../../start/run.mjs'
import { startBrokers } from '../kafka/broker.mjs'
import { smallDisk, type SmallDisk } from '../survival/small-disk'
import { Place, type BadEnd } from './processes'
import type { Shape } from './schedule'

export const TOKEN = 'errata-chaos-token-0123456789abcdef'
/** What the installation calls itself; nothing listens there. */
export const PUBLIC_URL = 'http://localhost:3000'
export const UPDATE_LIMIT = 5
/** Few enough that they can be used up. */
const MAX_CONNECTIONS = 150
/** Enough for a run, with a short log of changes. */
const DISK_MEGABYTES = 700
const DISK_SETTINGS = { max_wal_size: '128MB', min_wal_size: '64MB' }
const HOUR = 60 * 60 * 1000
const FRONT = pathToFileURL(join(root, 'lib', 'start', 'front.mjs')).href
const NEXT = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
const OURS = (file: string) => pathToFileURL(join(root, 'lib', 'testing', 'chaos', file)).href

export interface World {
  folder: string
  environment: NodeJS.ProcessEnv
  workers: Place[]
  relays: Place[]
  webs: (Place & { url: string })[]
  brokers: Awaited<ReturnType<typeof startBrokers>> | null
  database: DatabaseServer
  /** Where the database is; null where no disk of its own can be had. */
  disk: SmallDisk | null
  badEnds: BadEnd[]
  stop(options: { keep: boolean }): Promise<void>
}

/** The database server: it keeps its address when it comes back. */
export class DatabaseServer {
  private constructor(
    private readonly dataDir: string,
    private running: Awaited<ReturnType<typeof startDatabase>>,
  ) {}

  static async start(dataDir: string): Promise<DatabaseServer> {
    return new DatabaseServer(dataDir, await open(dataDir))
  }

  get url(): string {
    return this.running.url
  }

  async kill(): Promise<void> {
    process.kill(this.running.pid, 'SIGKILL')
    while (this.running.isAlive()) await pause(20)
  }

  /** Fast shutdown: what is under way is ended. */
  async stop(): Promise<void> {
    await this.running.stop()
  }

  async back(): Promise<void> {
    const before = this.running.url
    if (!this.running.isAlive()) this.running = await open(this.dataDir)
    if (this.running.url !== before) throw new Error('The database came back at another address.')
  }

  /** One connection of ours, for looking and for faults. */
  async ask<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'chaos' })
    client.on('error', () => {}) // the next query says it
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function open(dataDir: string) {
  return startDatabase({
    dataDir,
    transport: 'tcp',
    settings: { max_connections: String(MAX_CONNECTIONS), ...DISK_SETTINGS },
  })
}

/** Files of a version that was made ready to run. */
export interface Prepared {
  home: string
  worker: string
  front: string
  next: string
}

const NOW: Prepared = { home: root, worker: BUNDLES['lib/worker.ts'], front: FRONT, next: NEXT }

/** Starts all of it, empty, and waits until it is ready. `before`: the version before, where there is one. */
export async function startWorld(shape: Shape, before: Prepared | null): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'errata-chaos-'))
  chmodSync(folder, 0o755) // run by root, the database's user has to get in
  const [logs, dataDir] = [join(folder, 'logs'), join(folder, 'data')]
  for (const part of [logs, dataDir]) mkdirSync(part)
  const brokers = shape.brokers > 0 ? await startBrokers({ nodes: shape.brokers as 1 | 3 }) : null
  const disk = shape.disks > 0 ? smallDisk(DISK_MEGABYTES) : null
  const database = await DatabaseServer.start(disk?.folder ?? join(folder, 'database'))
  await applyMigrations(database.url)
  const environment: NodeJS.ProcessEnv = {
    ...withoutOurs(process.env),
    ...brokers?.environment,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: 'info',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DATABASE_ROLE: (await productRole(database.url)) ?? '',
    NEXTAUTH_SECRET: 'a secret of the chaos run, thrown away',
    PUBLIC_URL,
    SIGNING_KEY_TYPE: 'ED25519',
    CERTIFICATE_UPDATE_LIMIT: String(UPDATE_LIMIT),
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FACILITY_PER_MINUTE: '0',
    LOOK_UPS_PER_CLIENT_HOUR: '0',
    LOOK_UPS_PER_CLIENT_DAY: '0',
    WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8',
    KAFKA_CONSUMER_SESSION_TIMEOUT: '6000',
    BOOTSTRAP_API_TOKEN: TOKEN,
    BOOTSTRAP_OPERATOR: 'chaos:correct horse battery',
  }
  const badEnds: BadEnd[] = []
  const place = (name: string, argsOf: (version: Prepared) => string[], more: Record<string, string>) => {
    const versionOf = (version: Prepared) => ({ home: version.home, args: argsOf(version) })
    const versions = { now: versionOf(NOW), ...(before ? { before: versionOf(before) } : {}) }
    return new Place({ name, versions, env: { ...environment, ...more } }, logs, badEnds)
  }
  const ports = await freePorts(shape.webs + shape.workers + shape.relays)
  const health = () => ({ HOST: '127.0.0.1', HEALTH_PORT: String(ports.pop()) })
  const workers = Array.from({ length: shape.workers }, (_, n) =>
    // Every other clock goes wrong into the past.
    place(`worker-${n}`, ({ worker }) => ['--import', OURS('clock.mjs'), worker], {
      ROLES: 'worker',
      ...health(),
      CLOCK_WRONG_BY: String(n % 2 === 0 ? HOUR : -HOUR),
    }),
  )
  const relays = Array.from({ length: shape.relays }, (_, n) =>
    place(`relay-${n}`, ({ worker }) => ['--import', OURS('crash.mjs'), worker], { ROLES: 'relay', ...health() }),
  )
  const webs = ports.map((port, n) => {
    const where = ['--keepAliveTimeout', '75000', '-H', '127.0.0.1', '-p', String(port)]
    const web = place(`web-${n}`, ({ front, next }) => ['--import', front, next, 'start', ...where], {
      ROLES: 'web',
      PORT: String(port),
      HOST: '127.0.0.1',
    })
    return Object.assign(web, { url: `http://127.0.0.1:${port}` })
  })
  const world: World = {
    folder,
    environment,
    workers,
    relays,
    webs,
    brokers,
    database,
    disk,
    badEnds,
    async stop({ keep }) {
      await Promise.all([...webs, ...workers, ...relays].map((one) => one.kill()))
      await brokers?.stop()
      await database.stop()
      // As it is, owner included: PostgreSQL starts on nothing else.
      if (disk && keep) await run('A copy of the database', 'cp', ['-a', disk.folder, join(folder, 'database')])
      disk?.remove()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await run('The first accounts', process.execPath, [BUNDLES['lib/auth/bootstrap.ts']], { env: environment })
    for (const one of [...workers, ...relays, ...webs]) one.start()
    for (const { url } of webs) await ready(url, 120_000)
  } catch (error) {
    await world.stop({ keep: true })
    throw error
  }
  return world
}

/** Waits until a web server says that everything is ready. */
export async function ready(url: string, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs
  let last = 'no answer'
  while (Date.now() < until) {
    try {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) })
      if (answer.status === 200) return
      last = `${answer.status} ${await answer.text()}`
    } catch (error) {
      last = String(error)
    }
    await pause(200)
  }
  throw new Error(`${url} was not ready within ${withinMs / 1000} s: ${last}`)
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The machine's environment without settings of the product. */
function withoutOurs(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const kept = ['PATH', 'HOME', 'TZ', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']
  return Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
