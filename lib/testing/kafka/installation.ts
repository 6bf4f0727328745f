/** What tests on a broker share: a context whose topics and group nobody else has, and both ends of a topic. */
import { randomBytes } from 'node:crypto'
import { Kafka, Partitioners, logLevel, type Admin, type Consumer, type Message } from 'kafkajs'
import type { Context } from '@/lib/certificates/context'
import { aContext } from '../builders'

export const TOPICS = [
  'CERTIFY_TOPIC',
  'CERTIFIED_TOPIC',
  'CERTIFICATE_ACK_TOPIC',
  'DUPLICATE_CERTIFICATE_TOPIC',
  'ERROR_CERTIFICATE_TOPIC',
  'PROC_STATUS_TOPIC',
  'REVOKE_CERT_TOPIC',
  'SIGNED_NOTIFY',
  'VC_CERTIFY_TOPIC',
  'POST_VC_CERTIFY_TOPIC',
]

/** Brokers of a test, as startBrokers() of broker.mjs gives them. */
interface Brokers {
  address: string
  environment: Record<string, string>
}

/** The settings of an installation on these brokers, as environment variables; topics and group are nobody else's. */
export function kafkaEnvironment({ environment }: Brokers): Record<string, string> {
  const name = randomBytes(4).toString('hex')
  return {
    ...environment,
    KAFKA_CONSUMER_GROUP: `group-${name}`,
    KAFKA_CONSUMER_SESSION_TIMEOUT: '6000',
    ...Object.fromEntries(TOPICS.map((topic) => [topic, `${topic.toLowerCase()}-${name}`])),
  }
}

/** A context on a database and a broker, at the real time (brokers have no other). */
export function aContextOn(url: string, environment: Record<string, string>): Context {
  return { ...aContext(url, environment), now: () => new Date() }
}

export interface OnTopic {
  key: string | null
  value: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into payloads of every shape
  json: any
  headers: Record<string, string>
  partition: number
}

/** Both ends of the brokers' topics, for a test. Close it at the end. */
export class Wire {
  private readonly client: Kafka
  private readonly consumers: Consumer[] = []

  constructor({ address, environment: { KAFKA_CA: ca, KAFKA_USERNAME, KAFKA_PASSWORD: password = '' } }: Brokers) {
    const sasl = KAFKA_USERNAME && { mechanism: 'scram-sha-512' as const, username: KAFKA_USERNAME, password }
    this.client = new Kafka({
      clientId: 'test',
      brokers: address.split(','),
      ...(ca ? { ssl: { ca } } : {}),
      ...(sasl ? { sasl } : {}),
      logLevel: logLevel.NOTHING,
      retry: { retries: 100, maxRetryTime: 500 },
    })
  }

  /** Makes topics, of one partition unless told otherwise: then messages keep the order in which a test sends them. */
  async makeTopics(topics: string[], numPartitions = 1): Promise<void> {
    await this.asAdmin((admin) =>
      admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions })), waitForLeaders: true }),
    )
  }

  async deleteTopic(topic: string): Promise<void> {
    await this.asAdmin((admin) => admin.deleteTopics({ topics: [topic] }))
  }

  async send(topic: string, messages: Message[]): Promise<void> {
    const producer = this.client.producer({ createPartitioner: Partitioners.DefaultPartitioner })
    await producer.connect()
    // One by one: kafkajs loses some of a batch over several partitions when a leader moves, and says that all were sent.
    for (const message of messages) await producer.send({ topic, messages: [message] })
    await producer.disconnect()
  }

  /** Everything that ever was on a topic; the array grows as more arrives. */
  async listen(topic: string): Promise<OnTopic[]> {
    const found: OnTopic[] = []
    const consumer = this.client.consumer({ groupId: `test-${randomBytes(4).toString('hex')}`, maxWaitTimeInMs: 100 })
    this.consumers.push(consumer)
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      async eachMessage({ message, partition }) {
        const value = message.value?.toString() ?? ''
        const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, v]) => [name, String(v)]))
        found.push({ key: message.key?.toString() ?? null, value, json: jsonIn(value), headers, partition })
      },
    })
    return found
  }

  /** Number of messages that the group has not committed. */
  async lag(group: string, topic: string): Promise<number> {
    const [[committed], ends] = await this.asAdmin(
      async (admin) =>
        [await admin.fetchOffsets({ groupId: group, topics: [topic] }), await admin.fetchTopicOffsets(topic)] as const,
    )
    return ends.reduce((sum, { partition, high, low }) => {
      const at = committed!.partitions.find((one) => one.partition === partition)?.offset ?? '-1'
      return sum + Number(high) - Math.max(Number(at), Number(low))
    }, 0)
  }

  /** How many members a group has; 0 while it is being arranged anew. */
  async members(group: string): Promise<number> {
    const { groups } = await this.asAdmin((admin) => admin.describeGroups([group]))
    return groups[0]!.state === 'Stable' ? groups[0]!.members.length : 0
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.disconnect()))
  }

  /** Tried again while brokers say that it is too early: a group or a leader that moves needs a moment. */
  private async asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.client.admin()
    for (;;) {
      try {
        await admin.connect()
        return await work(admin)
      } catch (error) {
        if (!(error as { retriable?: boolean }).retriable) throw error
        await new Promise((resolve) => setTimeout(resolve, 200))
      } finally {
        await admin.disconnect()
      }
    }
  }
}

/** Undefined for what is none: other components write all kinds of things. */
function jsonIn(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/**
 * A header without a value, as other clients write them; kafkajs reads such headers and has no way to send them. It asks a
 * buffer for its length first to write it (-1 = none, as many bytes as 0), and then to copy so much.
 */
export function withoutValue(): Buffer {
  let asked = 0
  return Object.defineProperty(Buffer.alloc(0), 'length', { get: () => (asked++ === 0 ? -1 : 0) })
}

/** Looks until something is found. The test's own time limit ends it. */
export async function until<T>(look: () => T | false | undefined | Promise<T | false | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
