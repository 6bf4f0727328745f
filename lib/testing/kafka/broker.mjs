/** Real Kafka brokers for tests: one node or three, loopback, free ports, a folder that is thrown away; in the open, with TLS, with accounts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import kafkajs from 'kafkajs'
import { makeCertificates } from './certificates.mjs'
import { javaProcess, runJava } from './java.mjs'

const UP_WITHIN_MS = 90_000
const SEEN_WITHIN_MS = 30_000

/** Whom brokers with accounts know: by SCRAM-SHA-512 and by PLAIN. */
export const ACCOUNT = { username: 'errata', password: 'a password of tests' }

/**
 * Starts brokers. They end with this process, whatever happens to it.
 * @param {{ nodes?: 1 | 3, tls?: boolean, accounts?: boolean }} [options] `accounts`: nobody is let in without a password
 */
export async function startBrokers({ nodes = 1, tls = false, accounts = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'errata-kafka-'))
  const certificates = tls ? await makeCertificates(folder) : null
  const cluster = { folder, accounts, certificates, nodes: await places(nodes) }
  const names = cluster.nodes.map(({ id }) => id)
  const running = new Map()
  const address = cluster.nodes.map(({ client }) => `127.0.0.1:${client}`).join(',')
  const inside = cluster.nodes.map(({ internal }) => `127.0.0.1:${internal}`).join(',')
  const client = new kafkajs.Kafka({ brokers: inside.split(','), logLevel: kafkajs.logLevel.NOTHING })

  const brokers = {
    /** Where clients come in: host:port,host:port. */
    address,
    /** Numbers of the nodes: 1, or 1, 2 and 3. */
    nodes: names,
    /** Files of certificates; null without TLS. `stranger` is an authority that signed nothing. */
    certificates,
    /** The settings of an installation on these brokers, as environment variables. */
    environment: {
      KAFKA_BOOTSTRAP_SERVERS: address,
      ...(certificates ? { KAFKA_TLS: 'on', KAFKA_CA: readFileSync(certificates.authority, 'utf8') } : {}),
      ...(accounts ? { KAFKA_USERNAME: ACCOUNT.username, KAFKA_PASSWORD: ACCOUNT.password } : {}),
    },
    /** Starts a node, with the data and at the place that it had. Resolves when it serves. */
    async start(node = 1) {
      const java = javaProcess(['-Xms64m', '-Xmx256m', 'kafka.Kafka', propertiesOf(cluster, node)])
      running.set(node, java)
      await said(java, 'Kafka Server started')
    },
    /** kill -9. */
    async kill(node = 1) {
      const java = running.get(node)
      running.delete(node)
      java?.kill()
      await java?.ended
    },
    /** Ends all of them and removes their data. */
    async stop() {
      await Promise.all(names.map((node) => brokers.kill(node)))
      rmSync(folder, { recursive: true, force: true })
    },
    /** The node that leads a partition now; null while it has none. */
    async leaderOf(topic, partition = 0) {
      return withAdmin(client, async (admin) => {
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
        const { leader } = topics[0].partitions.find(({ partitionId }) => partitionId === partition)
        return leader > 0 ? leader : null
      })
    },
    /**
     * Makes another node lead a partition, as an operator does who empties a node: the one that leads gives its copy away for
     * the moment.
     * @returns {Promise<number>} the node that leads afterwards
     */
    async moveLeader(topic, partition = 0) {
      const from = await brokers.leaderOf(topic, partition)
      const others = names.filter((node) => node !== from)
      await withAdmin(client, async (admin) => {
        for (const replicas of [others, [...others, from]]) {
          await admin.alterPartitionReassignments({
            topics: [{ topic, partitionAssignment: [{ partition, replicas }] }],
          })
          await seen(async () => {
            const { topics } = await admin.listPartitionReassignments({
              topics: [{ topic, partitions: [partition] }],
            })
            return topics.length === 0
          })
        }
      })
      return seen(async () => {
        const leader = await brokers.leaderOf(topic, partition)
        return leader !== from && leader
      })
    },
    /** Changes the password (SCRAM) of the account; null takes the account away. Connections notice within seconds. */
    async setPassword(password) {
      const change =
        password === null
          ? ['--delete-config', 'SCRAM-SHA-512']
          : ['--add-config', `SCRAM-SHA-512=[iterations=4096,password=${password}]`]
      const user = ['--entity-type', 'users', '--entity-name', ACCOUNT.username]
      await runJava(['kafka.admin.ConfigCommand', '--bootstrap-server', inside, '--alter', ...change, ...user])
    },
  }

  const user = `SCRAM-SHA-512=[name=${ACCOUNT.username},iterations=4096,password=${ACCOUNT.password}]`
  const prepare = (node) => {
    const format = ['format', '-t', 'ZXJyYXRhLXRlc3RzLTAwMQ', '-c', propertiesOf(cluster, node)]
    return runJava(['kafka.tools.StorageTool', ...format, ...(accounts ? ['--add-scram', user] : [])])
  }
  await Promise.all(names.map(prepare))
  await Promise.all(names.map((node) => brokers.start(node)))
  return brokers
}

/** Writes the settings of a node; the path of the file. */
function propertiesOf({ folder, certificates, accounts, nodes }, node) {
  const { client, internal, controller } = nodes.find(({ id }) => id === node)
  const spoken = `${accounts ? 'SASL_' : ''}${certificates ? 'SSL' : 'PLAINTEXT'}`
  const copies = nodes.length
  const inSync = Math.min(2, copies)
  const listeners = `CLIENT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internal}`
  const path = join(folder, `node-${node}.properties`)
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': nodes.map((one) => `${one.id}@127.0.0.1:${one.controller}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    listeners: `${listeners},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': listeners,
    'listener.security.protocol.map': `CLIENT:${spoken},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    'log.dirs': join(folder, `data-${node}`),
    // As in most installations: topics exist because somebody made them.
    'auto.create.topics.enable': false,
    // A killed broker may register again once its session ran out, and others may lead in its place (9 s unless told otherwise).
    'broker.session.timeout.ms': copies === 1 ? 2000 : 4000,
    'broker.heartbeat.interval.ms': 500,
    'num.partitions': 3,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // Nothing moves by itself: a test says who leads.
    'auto.leader.rebalance.enable': false,
    ...(certificates ? tlsSettings(certificates) : {}),
    ...(accounts ? accountSettings() : {}),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  writeFileSync(path, lines.join('\n'))
  return path
}

function tlsSettings({ server, authority }) {
  return {
    'listener.name.client.ssl.keystore.type': 'PEM',
    'listener.name.client.ssl.keystore.location': server,
    'listener.name.client.ssl.truststore.type': 'PEM',
    'listener.name.client.ssl.truststore.location': authority,
  }
}

function accountSettings() {
  const { username, password } = ACCOUNT
  const security = 'org.apache.kafka.common.security'
  return {
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
    'listener.name.client.scram-sha-512.sasl.jaas.config': `${security}.scram.ScramLoginModule required;`,
    'listener.name.client.plain.sasl.jaas.config': `${security}.plain.PlainLoginModule required user_${username}="${password}";`,
    // A connection has to say again who it is, so that an account that was taken away is noticed: kafkajs does 10 s early,
    // and a broker takes it amiss when that is within a second.
    'connections.max.reauth.ms': 13_000,
  }
}

async function withAdmin(client, work) {
  const admin = client.admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Looks until something is so; brokers need a moment. */
async function seen(look) {
  const end = Date.now() + SEEN_WITHIN_MS
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`The brokers did not get there in ${SEEN_WITHIN_MS / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function said(java, words) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The broker did not come up:\n${java.said()}`)), UP_WITHIN_MS)
    java.onSaid((text) => {
      if (!text.includes(words)) return
      clearTimeout(late)
      resolve()
    })
    java.ended.then((code) => {
      clearTimeout(late)
      reject(new Error(`The broker ended (${code}):\n${java.said()}`))
    })
  })
}

/** Numbers and ports of the nodes. */
async function places(nodes) {
  const ports = await freePorts(nodes * 3)
  return Array.from({ length: nodes }, (_, index) => {
    const [client, internal, controller] = ports.slice(index * 3)
    return { id: index + 1, client, internal, controller }
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
