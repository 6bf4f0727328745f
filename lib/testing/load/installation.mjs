/** The installations that are measured: each is what `npm start` runs, production build, real processes, a folder of its own. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import pg from 'pg'
import { startDatabase } from '../../embedded/postgres.mjs'
import { root } from '../../start/bundle.mjs'
import { startBrokers } from '../kafka/broker.mjs'

const TOPICS = [
  ...['certify', 'certified', 'certify_ack', 'duplicate_certificate', 'error_certificate', 'proc_status'],
  ...['revoke_cert', 'notify', 'vc-certify', 'post-vc-certify'],
]
const READY_WITHIN_MS = 120_000
const END_WITHIN_MS = 60_000

/**
 * @param {'embedded' | 'server' | 'kafka'} kind where the data is: the private database, a PostgreSQL server over TCP, that
 *   and a Kafka broker
 * @returns {Promise<{ address: string, token: string, operator: { username: string, password: string }, dataDir: string, databaseUrl: string, postmaster: number, version: string, stop(): Promise<void> }>}
 */
export async function startInstallation(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'errata-load-'))
  chmodSync(folder, 0o755) // run by root, the database's user has to get in
  const parts = []
  const stop = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const server = kind === 'embedded' ? null : await startServer(join(folder, 'server'))
    if (server) parts.push(server)
    const brokers = kind === 'kafka' ? await startBroker() : null
    if (brokers) parts.push(brokers)
    const port = await freePort()
    const token = `load-${randomBytes(24).toString('base64url')}`
    const operator = { username: 'load', password: randomBytes(12).toString('base64url') }
    const dataDir = join(folder, 'data')
    const product = startProduct({
      log: join(folder, 'log'),
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: String(port),
        PUBLIC_URL: `http://localhost:${port}`,
        BOOTSTRAP_OPERATOR: `${operator.username}:${operator.password}`,
        BOOTSTRAP_API_TOKEN: token,
        SEED: 'off',
        LOG_LEVEL: 'warn',
        // The load is one client; the limits are for one source system among many.
        RATE_LIMIT_PER_MINUTE: '0',
        RATE_LIMIT_FACILITY_PER_MINUTE: '0',
        CERTIFICATE_UPDATE_LIMIT: '1000',
        DATABASE_URL: server?.url ?? '',
        KAFKA_BOOTSTRAP_SERVERS: '',
        ...brokers?.environment,
      },
    })
    parts.push(product)
    const address = `http://127.0.0.1:${port}`
    await ready(`${address}/readyz`, product)
    // The private database runs already: this only finds out its address.
    const { url: databaseUrl, pid: postmaster } = server ?? (await startDatabase({ dataDir }))
    const version = await versionOf(databaseUrl)
    return { address, token, operator, dataDir, databaseUrl, postmaster, version, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The same PostgreSQL, as somebody else's: over TCP, with a password. */
function startServer(dataDir) {
  mkdirSync(dataDir)
  return startDatabase({ dataDir, transport: 'tcp' })
}

/** A broker with the topics that the settings name unless they are told otherwise: nobody makes them by the way. */
async function startBroker() {
  const brokers = await startBrokers({ nodes: 1 })
  const admin = new kafkajs.Kafka({ brokers: [brokers.address], logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.createTopics({ topics: TOPICS.map((topic) => ({ topic })), waitForLeaders: true })
  await admin.disconnect()
  return brokers
}

function startProduct({ log, env }) {
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, [join(root, 'lib', 'start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const said = () => readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n')
  return {
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    said,
    async stop() {
      const insist = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS)
      child.kill('SIGTERM')
      await gone
      clearTimeout(insist)
    },
  }
}

async function ready(url, product) {
  const until = Date.now() + READY_WITHIN_MS
  while (true) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
    if (answer?.status === 200) return
    if (product.hasEnded() || Date.now() > until) throw new Error(`The installation is not ready:\n${product.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function versionOf(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('show server_version')
  await client.end()
  return rows[0].server_version.split(' ')[0]
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}
