/** The broker: the only file that knows kafkajs. A producer to be thrown away at its first error, and a consumer that comes back. */
import kafkajs, { type Consumer, type Kafka, type KafkaMessage, type LogEntry, type SASLOptions } from 'kafkajs'
import type { Config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import { brokerTrouble, typeOf } from './broker-trouble'
import { pause } from './outbox'

// Node finds only some of the names of this CommonJS package, so they are taken from the whole.
const { KafkaJSError, Partitioners, logLevel } = kafkajs

export type KafkaSettings = Config['kafka']

/** A message as the broker has it. */
export interface Received {
  topic: string
  partition: number
  /** Number of the message in its partition, as text: it can be larger than a JavaScript number. */
  offset: string
  /** Milliseconds since 1970, as text. Tells a topic that was made anew from the one before it. */
  timestamp: string
  value: Buffer | null
  /** Values as text; a header given several times has its first value, one without a value is left out. */
  headers: Record<string, string>
}

export interface Outgoing {
  key: string | null
  value: string
  headers: Record<string, string>
}

/** The broker will never take this message, or these messages together. */
export class MessageTooLarge extends Error {}

export interface Producer {
  /** Resolves when all replicas in sync have the messages. Throws MessageTooLarge, or else whatever went wrong. */
  send(topic: string, messages: Outgoing[]): Promise<void>
  close(): Promise<void>
}

/**
 * Connects a producer and makes the topics that are missing. After an error of `send` close it, open another and send all of
 * it again. It must not try again by itself: this library (2.2.4) remembers over its attempts which brokers have answered, so
 * after a leader moved to one of those it sends that partition's messages nowhere and says that all is well.
 */
export async function openProducer(settings: KafkaSettings): Promise<Producer> {
  const client = clientOf(settings)
  await createMissingTopics(client, Object.values(settings.topics))
  const producer = client.producer({
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 0 },
  })
  await producer.connect()
  return {
    async send(topic, messages) {
      try {
        await producer.send({ topic, acks: -1, messages })
      } catch (error) {
        throw isTooLarge(error) ? new MessageTooLarge() : error
      }
    },
    close: () => within(5000, producer.disconnect()),
  }
}

export interface Handling {
  /** Handles one message. Its offset is committed only after this resolved; when it throws, the message comes again. */
  handle: (message: Received, stillOurs: () => Promise<void>) => Promise<void>
  /** Told what became of the connection; for logs and tests. */
  onState?: (state: 'joined' | 'lost') => void
}

const LONGEST_DELAY_MS = 10_000

/**
 * Consumes a topic until `signal` aborts. Whatever ends the consumer (kafkajs gives up for good on errors that it calls
 * non-retriable, and may fall silent), it is thrown away and built anew, after a delay that doubles up to 10 s as long
 * as nothing gets through. `stillOurs` keeps the partition while a message takes long, and throws once it is another's.
 */
export async function consume(
  settings: KafkaSettings,
  topic: string,
  handling: Handling,
  signal: AbortSignal,
): Promise<void> {
  let delay = 500
  while (!signal.aborted) {
    const life = { joined: false }
    try {
      await oneLife(settings, topic, handling, signal, life)
    } catch (error) {
      log().error({ topic, ...brokerTrouble(error) }, 'consumer lost, building another')
    }
    if (life.joined) delay = 500
    handling.onState?.('lost')
    await pause(delay, signal)
    delay = Math.min(delay * 2, LONGEST_DELAY_MS)
  }
}

async function oneLife(
  settings: KafkaSettings,
  topic: string,
  handling: Handling,
  signal: AbortSignal,
  life: { joined: boolean },
): Promise<void> {
  const client = clientOf(settings)
  await createMissingTopics(client, [topic])
  const consumer = client.consumer({
    groupId: settings.group,
    sessionTimeout: settings.sessionTimeoutMs,
    heartbeatInterval: Math.min(3000, Math.floor(settings.sessionTimeoutMs / 5)),
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    // Restarting is ours: one way back for every kind of end.
    retry: { retries: 5, initialRetryTime: 200, maxRetryTime: 2000, restartOnFailure: async () => false },
  })
  const end = endOf(consumer, settings.sessionTimeoutMs, signal, () => {
    life.joined = true
    handling.onState?.('joined')
  })
  try {
    await Promise.race([end.reached, start(consumer, topic, handling)])
    await end.reached
  } finally {
    end.forget()
    await within(10_000, consumer.disconnect())
  }
}

async function start(consumer: Consumer, topic: string, { handle }: Handling): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 3,
    async eachBatch({ batch, heartbeat, isRunning, isStale, resolveOffset }) {
      const { partition } = batch
      let done: string | null = null
      const commit = async () => {
        if (done !== null) await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(done) + 1n) }])
      }
      let committedAt = Date.now()
      try {
        for (const message of batch.messages) {
          if (!isRunning() || isStale()) break
          await handle(received(topic, partition, message), heartbeat).catch(withoutSentence)
          resolveOffset(message.offset)
          done = message.offset
          // Committing each one would cost as much as handling it; what is handled twice after a crash changes nothing.
          if (Date.now() - committedAt > 500) {
            await commit()
            committedAt = Date.now()
          }
          await heartbeat()
        }
      } finally {
        await commit()
      }
    },
  })
}

/** Rejects when the consumer crashed or fell silent, resolves when `signal` aborts. */
function endOf(consumer: Consumer, sessionTimeoutMs: number, signal: AbortSignal, onJoined: () => void) {
  let seen = Date.now()
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const { CRASH, HEARTBEAT, GROUP_JOIN, FETCH } = consumer.events
  const removers: (() => void)[] = []
  const reached = new Promise<void>((resolve, reject) => {
    const alive = () => void (seen = Date.now())
    removers.push(
      consumer.on(HEARTBEAT, alive),
      consumer.on(FETCH, alive),
      consumer.on(GROUP_JOIN, () => {
        alive()
        onJoined()
      }),
      consumer.on(CRASH, ({ payload }) => reject(payload.error)),
    )
    timer = setInterval(() => {
      if (Date.now() - seen > 3 * sessionTimeoutMs) reject(new Error('no heartbeat'))
    }, 1000)
    onAbort = resolve
    if (signal.aborted) resolve()
    signal.addEventListener('abort', onAbort)
  })
  reached.catch(() => {}) // it may end before anybody waits
  return {
    reached,
    forget() {
      clearInterval(timer)
      signal.removeEventListener('abort', onAbort)
      for (const remove of removers) remove()
    },
  }
}

/** DIVOC's producers send headers without a value: that header is not there. */
function received(topic: string, partition: number, message: KafkaMessage): Received {
  const headers = Object.entries(message.headers ?? {}).flatMap(([name, given]) => {
    const value: unknown = Array.isArray(given) ? given[0] : given
    return value === undefined || value === null ? [] : [[name, String(value)]]
  })
  const { offset, timestamp, value } = message
  return { topic, partition, offset, timestamp, value, headers: Object.fromEntries(headers) }
}

/** Topics are made with the broker's own partitions and replicas. Where we may not, they have to be there already. */
async function createMissingTopics(client: Kafka, names: string[]): Promise<void> {
  const admin = client.admin()
  await admin.connect()
  try {
    const there = new Set(await admin.listTopics())
    const topics = names.filter((name) => !there.has(name)).map((topic) => ({ topic }))
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true })
  } catch (error) {
    log().warn(brokerTrouble(error), 'topics could not be made')
  } finally {
    await within(5000, admin.disconnect())
  }
}

function clientOf({ brokers, tls, authority, account }: KafkaSettings): Kafka {
  return new kafkajs.Kafka({
    clientId: 'errata',
    brokers: [...brokers],
    ssl: tls && authority ? { ca: authority } : tls,
    // A copy: kafkajs keeps what it made of it there, and settings are frozen.
    ...(account ? { sasl: { ...account } as SASLOptions } : {}),
    connectionTimeout: 5000,
    requestTimeout: 15_000,
    retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 2000 },
    logLevel: logLevel.WARN,
    logCreator: () => logEntry,
  })
}

/** kafkajs logs what it is given, and an error's sentence may repeat somebody's data. */
function withoutSentence(error: unknown): never {
  if (error instanceof KafkaJSError) throw error
  throw new Error(`a message could not be handled (${traceOf(error).name})`)
}

/** kafkajs itself speaks of brokers and groups only. */
function logEntry({ namespace, level, log: { message } }: LogEntry): void {
  const entry = { from: `kafkajs ${namespace}` }
  if (level === logLevel.ERROR) log().error(entry, message)
  else log().warn(entry, message)
}

function isTooLarge(error: unknown): boolean {
  return ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(typeOf(error) ?? '')
}

/** Disconnecting from a broker that is gone can take for ever. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))
  await Promise.race([work.catch(() => {}), late])
  clearTimeout(timer)
}
