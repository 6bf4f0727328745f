/** The intake: messages on `certify` and `vc-certify` are handled one by one; an offset is committed only after the outcome is written. */
import type { Config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import { metrics } from '@/lib/operations/metrics'
import { traced, TRACEPARENT_HEADER } from '@/lib/operations/tracing'
import { idsIn, TRANSACTION_HEADER } from './ids'
import { consume, type Handling, type Received } from './kafka'
import { pause } from './outbox'

/** What became of a message: `nudge`: ours, and nothing to do; `duplicate`: what it asks for was there before. */
export type Handled = 'accepted' | 'refused' | 'nudge' | 'duplicate'

export interface Intake {
  /** Writes the outcome of a message. Throws what may pass, and then gets the same message again. */
  accept: (message: Received) => Promise<Handled>
  /** Writes that a message could not be handled, for people to look at. */
  setAside: (message: Received, reason: string) => Promise<unknown>
  /** Rejects while the database is away: a failure then says nothing about the message. */
  databaseAnswers: () => Promise<unknown>
  onState?: Handling['onState']
}

const LONGEST_DELAY_MS = 10_000
/** About a minute of trying. */
const MOST_ATTEMPTS = 10

/** Takes the messages of a topic in until `signal` aborts. Members of one group read the same topic: each topic has its own. */
export async function runIntake(
  { kafka }: Config,
  intake: Intake,
  signal: AbortSignal,
  topic: 'certify' | 'vc_certify' = 'certify',
): Promise<void> {
  const handle: Handling['handle'] = (message, stillOurs) =>
    traced(`consume ${topic}`, { parent: idsIn(message.headers).traceparent, kind: 'consumer' }, async (span) => {
      const outcome = await untilWritten(intake, following(message, span.traceparent), stillOurs, signal, topic)
      metrics.intake.inc({ topic, outcome })
      span.set({ 'errata.outcome': outcome })
      const transactionId = message.headers[TRANSACTION_HEADER]
      const ids = { requestId: idsIn(message.headers).requestId ?? originOf(message), transactionId }
      log()[outcome === 'nudge' ? 'debug' : 'info']({ topic, outcome, ...ids }, 'message handled')
    })
  // A rule sees neither that something grew which begins with 1, nor that something is 0 which was never said.
  metrics.intake.inc({ topic, outcome: 'set_aside' }, 0)
  metrics.consumerJoined.set({ topic }, 0)
  const group = topic === 'certify' ? kafka.group : `${kafka.group}-vc`
  const onState: Handling['onState'] = (state) => {
    metrics.consumerJoined.set({ topic }, state === 'joined' ? 1 : 0)
    intake.onState?.(state)
  }
  await consume({ ...kafka, group }, kafka.topics[topic], { handle, onState }, signal)
}

/** Where a message stands. */
function originOf({ topic, partition, offset }: Received): string {
  return `${topic}-${partition}-${offset}`
}

/** The message as part of the trace that goes on with it. */
function following(message: Received, traceparent: string | null): Received {
  return traceparent ? { ...message, headers: { ...message.headers, [TRACEPARENT_HEADER]: traceparent } } : message
}

/**
 * Tries until the outcome is written. While the database is away nothing can be written, so the message waits; what
 * fails again and again while it is there would fail for ever: that is set aside, and the messages behind it get their turn.
 */
export async function untilWritten(
  { accept, setAside, databaseAnswers }: Intake,
  message: Received,
  stillOurs: () => Promise<void>,
  signal: AbortSignal,
  topic: 'certify' | 'vc_certify' = 'certify',
): Promise<Handled | 'set_aside'> {
  let attempts = 0
  let delay = 250
  for (;;) {
    try {
      if (attempts < MOST_ATTEMPTS) return await accept(message)
      await setAside(message, 'It could not be handled; the log of the worker says more.')
      return 'set_aside'
    } catch (error) {
      metrics.intakeFailures.inc({ topic })
      log().error({ origin: originOf(message), ...traceOf(error) }, 'message not handled yet')
      const answers = await databaseAnswers().then(
        () => true,
        () => false,
      )
      if (answers) attempts++
      await waitAsMember(delay, stillOurs, signal)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  }
}

/** Waits, and stays a member of the group meanwhile. */
async function waitAsMember(milliseconds: number, stillOurs: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const until = Date.now() + milliseconds
  while (Date.now() < until) {
    await pause(Math.min(1000, until - Date.now()), signal)
    if (signal.aborted) throw new Error('stopping')
    await stillOurs()
  }
}
