/** The relay: what stands in the outbox goes to the broker, in order within a lineage, at least once. */
import type { Config } from '@/lib/config'
import { log } from '@/lib/log'
import { metrics } from '@/lib/operations/metrics'
import { notePast, TRACEPARENT_HEADER } from '@/lib/operations/tracing'
import { brokerTrouble } from './broker-trouble'
import { REQUEST_HEADER, TRANSACTION_HEADER } from './ids'
import { MessageTooLarge, openProducer, type Outgoing, type Producer } from './kafka'
import { pause, waitForRelayLease, type RelayLease, type Topic, type Waiting } from './outbox'

/** Header that names the event: a consumer that saw it before may leave it. */
export const EVENT_HEADER = 'errata-event'

const ROWS_PER_TOPIC = 200
/** A batch counts as one message for the broker's limit (1 MiB unless told otherwise). */
const BATCH_BYTES = 400_000
const LOOK_EVERY = 200
const LONGEST_DELAY_MS = 10_000
const KEPT_DAYS = 7
const PRUNE_EVERY = 60 * 60 * 1000

/** Publishes until `signal` aborts. Of several relays on one database one works; another takes over when it is gone. */
export async function runRelay(settings: Config, signal: AbortSignal): Promise<void> {
  // A rule that asks what grew does not see a figure that begins with 1.
  for (const topic of Object.keys(settings.kafka.topics)) metrics.putAside.inc({ topic }, 0)
  let delay = 500
  while (!signal.aborted) {
    let lease: RelayLease | null = null
    try {
      lease = await waitForRelayLease(settings.database.url, signal)
      if (!lease) return
      log().info('this relay publishes')
      metrics.relayPublishes.set(1)
      delay = 500
      await new Relay(settings, lease, signal).run()
    } catch (error) {
      log().error(brokerTrouble(error), 'relay interrupted')
      await pause(delay, signal)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    } finally {
      metrics.relayPublishes.set(0)
      await lease?.close()
    }
  }
}

/** One relay while it has the lease. Errors of the database end it; errors of the broker only make it wait. */
class Relay {
  private producer: Producer | null = null
  private lastPruned = 0
  private away = 0
  /** Topics that failed, and when to try them again: one that is missing must not hold up the others. */
  private readonly resting = new Map<Topic, { until: number; delay: number }>()

  constructor(
    private readonly settings: Config,
    private readonly lease: RelayLease,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    try {
      while (!this.signal.aborted) {
        const now = Date.now()
        if (now - this.lastPruned > PRUNE_EVERY) {
          await this.lease.prune(KEPT_DAYS)
          this.lastPruned = now
        }
        const topics = Object.keys(this.settings.kafka.topics) as Topic[]
        const ready = topics.filter((topic) => (this.resting.get(topic)?.until ?? 0) <= now)
        const rows = await this.lease.waiting(ready, ROWS_PER_TOPIC)
        if (rows.length > 0 && !(await this.connected())) continue
        for (const topic of new Set(rows.map((row) => row.topic))) {
          await this.publish(
            topic,
            rows.filter((row) => row.topic === topic),
          )
        }
        if (rows.length === 0) await pause(LOOK_EVERY, this.signal)
      }
    } finally {
      await this.producer?.close()
    }
  }

  /** Without a broker nothing is tried topic by topic: rows wait, and one connection is tried again and again. */
  private async connected(): Promise<boolean> {
    try {
      this.producer ??= await openProducer(this.settings.kafka)
      this.away = 0
      return true
    } catch (error) {
      this.away = Math.min(Math.max(250, this.away * 2), LONGEST_DELAY_MS)
      log().error(brokerTrouble(error), 'no broker, events wait')
      await pause(this.away, this.signal)
      return false
    }
  }

  private async publish(topic: Topic, rows: Waiting[]): Promise<void> {
    for (const batch of batchesOf(rows)) {
      const from = Date.now()
      if (this.signal.aborted || !(await this.sent(topic, batch))) return
      await this.taken(topic, batch, from)
    }
    this.resting.delete(topic)
  }

  /** The broker has them. */
  private async taken(topic: Topic, batch: Prepared[], from: number): Promise<void> {
    await this.lease.published(batch.map(({ row }) => row))
    metrics.published.inc({ topic }, batch.length)
    const headers = batch.map(({ message }) => message.headers)
    const named = (name: string) => [...new Set(headers.flatMap((one) => one[name] ?? []))]
    const ids = { transactionIds: named(TRANSACTION_HEADER), requestIds: named(REQUEST_HEADER) }
    log().info({ topic, events: batch.length, ...ids }, 'published')
    const past = { name: `publish ${topic}`, from, until: Date.now() }
    for (const one of headers) notePast(past, { parent: one[TRACEPARENT_HEADER], kind: 'producer' }, [])
  }

  /** False when the broker has to be left alone for a while. A message that it will never take is put aside. */
  private async sent(topic: Topic, batch: Prepared[]): Promise<boolean> {
    try {
      this.producer ??= await openProducer(this.settings.kafka)
      // At last: who was frozen since it read these rows would send after another what that one has sent.
      await this.lease.still()
      await this.producer.send(
        this.settings.kafka.topics[topic],
        batch.map(({ message }) => message),
      )
      return true
    } catch (error) {
      await this.producer?.close()
      this.producer = null
      if (error instanceof MessageTooLarge) return this.apart(topic, batch)
      const delay = Math.min((this.resting.get(topic)?.delay ?? 250) * 2, LONGEST_DELAY_MS)
      this.resting.set(topic, { until: Date.now() + delay, delay })
      metrics.publishFailures.inc({ topic })
      log().error({ topic, ...brokerTrouble(error) }, 'not published yet')
      return false
    }
  }

  private async apart(topic: Topic, batch: Prepared[]): Promise<boolean> {
    const [only, ...others] = batch
    if (only && others.length === 0) {
      log().error({ topic, event: only.message.headers[EVENT_HEADER] }, 'too large for the broker, put aside')
      await this.lease.failed(only.row, 'MESSAGE_TOO_LARGE')
      metrics.putAside.inc({ topic })
      return true
    }
    for (const one of batch) {
      const from = Date.now()
      if (!(await this.sent(topic, [one]))) return false
      await this.taken(topic, [one], from)
    }
    return true
  }
}

interface Prepared {
  row: string
  message: Outgoing
}

function batchesOf(rows: Waiting[]): Prepared[][] {
  const batches: Prepared[][] = []
  let size = Infinity
  for (const { row, id, key, headers, payload } of rows) {
    const value = JSON.stringify(payload)
    const bytes = Buffer.byteLength(value) + 200
    if (size + bytes > BATCH_BYTES) {
      batches.push([])
      size = 0
    }
    batches.at(-1)!.push({ row, message: { key, value, headers: { ...headers, [EVENT_HEADER]: id } } })
    size += bytes
  }
  return batches
}
