/** A real Kafka broker for tests: one node, loopback, free ports, a folder that is thrown away. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { jarsFolder } from './jars.mjs'

const UP_WITHIN_MS = 60_000

/**
 * Starts a broker. It ends with this process, whatever happens to it.
 * @returns {Promise<{ address: string, kill(): Promise<void>, start(): Promise<void>, stop(): Promise<void> }>}
 *   `kill` is kill -9; `start` brings it back with its data on the same port; `stop` ends it and removes the data.
 */
export async function startBroker() {
  const folder = mkdtempSync(join(tmpdir(), 'errata-kafka-'))
  const [port, controller] = await freePorts(2)
  const properties = join(folder, 'server.properties')
  writeFileSync(properties, settings(folder, port, controller))
  const formatted = java([
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    'ZXJyYXRhLXRlc3RzLTAwMQ',
    '-c',
    properties,
  ])
  if ((await formatted.ended) !== 0) throw new Error(`The broker's storage could not be prepared:\n${formatted.said()}`)
  let running = null
  const broker = {
    address: `127.0.0.1:${port}`,
    async start() {
      running = java(['-Xms128m', '-Xmx384m', 'kafka.Kafka', properties])
      await up(running)
    },
    async kill() {
      running?.kill()
      await running?.ended
      running = null
    },
    async stop() {
      await broker.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await broker.start()
  return broker
}

function settings(folder, port, controller) {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': join(folder, 'data'),
    // As in most installations: topics exist because somebody made them.
    'auto.create.topics.enable': false,
    // A killed broker may register again once its session ran out (9 s unless told otherwise).
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
    'num.partitions': 3,
    'default.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

/** A shell stands between: when we are gone, its input closes, and it ends the broker. */
function java(args) {
  const script = 'java "$@" & broker=$!; { cat; kill -9 $broker; } >/dev/null 2>&1 & wait $broker'
  const options = ['-Dlog4j2.level=INFO', '-cp', join(jarsFolder(), '*')]
  const child = spawn('sh', ['-c', `exec 3<&0; ${script.replace('cat;', 'cat <&3;')}`, 'sh', ...options, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  const listeners = new Set()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
      for (const listener of listeners) listener(said)
    })
  }
  return {
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
    kill: () => child.stdin.end(),
    said: () => said,
    onSaid: (listener) => listeners.add(listener),
  }
}

function up(broker) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The broker did not come up:\n${broker.said()}`)), UP_WITHIN_MS)
    broker.onSaid((said) => {
      if (!said.includes('Kafka Server started')) return
      clearTimeout(late)
      resolve()
    })
    broker.ended.then((code) => {
      clearTimeout(late)
      reject(new Error(`The broker ended (${code}):\n${broker.said()}`))
    })
  })
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
