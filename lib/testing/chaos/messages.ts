/** Both ends of the broker's topics: another component that sends, and a reader of everything that ever was on a topic. */
import { randomBytes } from 'node:crypto'
import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import type { PlannedMessage } from './plan'
import { messageOf, type Composed } from './requests'
import { vcValueOf, type PlannedVc } from './vc'
import { pause, type World } from './world'

/** As the settings name them; the product makes the others when they are first written to. */
const TOPICS = [
  'certify',
  'certified',
  'certify_ack',
  'duplicate_certificate',
  'error_certificate',
  'proc_status',
  'revoke_cert',
  'notify',
  'vc-certify',
  'post-vc-certify',
]
const READ_WITHIN_MS = 60_000

/** A message that the broker took. */
export type Sent = Omit<Composed, 'value'> & Pick<PlannedMessage, 'n' | 'shape'>

/** A message as it is on the broker. */
export interface OnTopic {
  /** As the outbox names it: post_vc_certify for post-vc-certify. */
  topic: string
  partition: number
  offset: string
  key: string | null
  value: string | null
  headers: Record<string, string>
}

function clientOf(address: string): Kafka {
  const retry = { retries: 8, initialRetryTime: 200, maxRetryTime: 2000 }
  return new kafkajs.Kafka({ brokers: address.split(','), logLevel: kafkajs.logLevel.NOTHING, retry })
}

/** Sends the requests for credentials of the other kind, each until the broker has it. */
export async function sendVc(world: World, planned: PlannedVc[], began: number): Promise<PlannedVc[]> {
  const firsts = new Map(
    planned.flatMap(({ n, shape, transactionId }) => (shape === 'good' ? [[transactionId, n]] : [])),
  )
  const producer = await openProducer(world)
  for (const message of planned) {
    await pause(began + message.at - Date.now())
    await untilTaken(producer, 'vc-certify', vcValueOf(message, firsts.get(message.transactionId) ?? message.n))
  }
  await producer.disconnect()
  return planned
}

/** Sends the messages one after the other, each until the broker has it: then it may be there twice, as with DIVOC's components. */
export async function sendMessages(
  world: World,
  seed: number,
  planned: PlannedMessage[],
  began: number,
): Promise<Sent[]> {
  const sent: Sent[] = []
  const producer = await openProducer(world)
  const bodies = new Map<number, Composed>()
  for (const message of planned) {
    await pause(began + message.at - Date.now())
    const previousId = message.shape === 'update' ? await newestOf(world, `K${seed}-${message.of}`) : null
    const composed = message.shape === 'again' ? bodies.get(message.of)! : messageOf(seed, message, previousId)
    bodies.set(message.n, composed)
    const { value, code, mark } = composed
    await untilTaken(producer, 'certify', value)
    sent.push({ n: message.n, shape: message.shape, code, mark })
  }
  await producer.disconnect()
  return sent
}

async function openProducer({ brokers }: World): Promise<Producer> {
  const client = clientOf(brokers!.address)
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  return producer
}

async function untilTaken(producer: Producer, topic: string, value: string | Buffer | null): Promise<void> {
  for (;;) {
    const taken = await producer.send({ topic, acks: -1, messages: [{ key: null, value }] }).then(
      () => true,
      () => false,
    )
    if (taken) return
    await pause(500)
  }
}

/** The number that another component knows of a person; null where it knows none, or the database is away. */
function newestOf(world: World, code: string): Promise<string | null> {
  return world.database
    .ask(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select t.certificate_id as id from transaction t join lineage l on l.id = t.lineage_id
         where l.pre_enrollment_code = $1 and t.state <> 'failed' order by t.sequence desc limit 1`,
        [code],
      )
      return rows[0]?.id ?? null
    })
    .catch(() => null)
}

/** Everything that is on the topics now, in the order of each partition. */
export async function readTopics(address: string): Promise<OnTopic[]> {
  const client = clientOf(address)
  const admin = client.admin()
  await admin.connect()
  const there = (await admin.listTopics()).filter((topic) => TOPICS.includes(topic))
  const left = new Map<string, bigint>()
  for (const topic of there) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > BigInt(low)) left.set(`${topic} ${partition}`, BigInt(high) - 1n)
    }
  }
  await admin.disconnect()
  const found: OnTopic[] = []
  if (left.size === 0) return found
  const consumer = client.consumer({ groupId: `chaos-${randomBytes(4).toString('hex')}`, maxWaitTimeInMs: 200 })
  await consumer.connect()
  await consumer.subscribe({ topics: there, fromBeginning: true })
  const all = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not read in time: ${[...left.keys()].join(', ')}`)), READ_WITHIN_MS)
    void consumer.run({
      async eachMessage({ topic, partition, message }) {
        const headers = Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, v]) => [name, String(v)]))
        const [key, value] = [message.key?.toString() ?? null, message.value?.toString() ?? null]
        found.push({ topic: topic.replaceAll('-', '_'), partition, offset: message.offset, key, value, headers })
        if (BigInt(message.offset) >= (left.get(`${topic} ${partition}`) ?? -1n)) left.delete(`${topic} ${partition}`)
        if (left.size > 0) return
        clearTimeout(late)
        resolve()
      },
    })
  })
  try {
    await all
  } finally {
    await consumer.disconnect()
  }
  return found
}

/** Number of messages on a topic that the product's group has not committed. */
export async function lagOf(address: string, group: string, topic: string): Promise<number> {
  const admin = clientOf(address).admin()
  await admin.connect()
  try {
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    return ends.reduce((sum, { partition, high, low }) => {
      const at = committed!.partitions.find((one) => one.partition === partition)?.offset ?? '-1'
      return sum + Number(high) - Math.max(Number(at), Number(low))
    }, 0)
  } finally {
    await admin.disconnect()
  }
}
