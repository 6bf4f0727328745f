/** Every figure that `/metrics` tells of a process, with its help text. Labels have few values and say nothing of anybody. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds, from a cached read to a request that was given up. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const STEP_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5]
const WAIT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600]

export type Metrics = ReturnType<typeof makeMetrics>

const kept = globalThis as typeof globalThis & { errataMetrics?: Metrics }

/** The figures of this process: one set for its whole life, however often a bundler loads this file. */
export const metrics: Metrics = (kept.errataMetrics ??= makeMetrics())

function makeMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })

  return {
    registry,

    // What this process did, since it started.
    requestSeconds: histogram(
      'errata_request_duration_seconds',
      'Requests answered, by the template of their address.',
      ['method', 'route', 'status'],
      REQUEST_SECONDS,
    ),
    refusals: counter(
      'errata_refusals_total',
      'What was refused, by code: each refused item of an array or file of many, and each other refused request or message.',
      ['code'],
    ),
    limitsReached: counter(
      'errata_limits_reached_total',
      'Refused because a limit was reached: updates (of a certificate), requests (a minute), look_ups, attempts (to sign in).',
      ['limit'],
    ),
    accepted: counter(
      'errata_accepted_total',
      'Transactions accepted from requests, files and messages, without those of the sandbox.',
      ['type', 'kind'],
    ),
    issued: counter('errata_issued_total', 'Certificates issued, without those of the sandbox.', ['type', 'kind']),
    notIssued: counter('errata_not_issued_total', 'Transactions that ended as failed, by the code of their failure.', [
      'code',
    ]),
    postponed: counter(
      'errata_postponed_total',
      'Attempts to issue that failed by an error of ours: they are tried again, later each time.',
      [],
    ),
    issueStepSeconds: histogram(
      'errata_issue_step_duration_seconds',
      'Steps of issuing, of one claim of up to 32 transactions each: claim, sign, write, read_back, commit.',
      ['step'],
      STEP_SECONDS,
    ),
    signSeconds: histogram(
      'errata_sign_duration_seconds',
      'Building and signing one certificate in all its forms, and scanning its QR code where that is done.',
      [],
      STEP_SECONDS,
    ),
    pageSeconds: histogram(
      'errata_page_duration_seconds',
      'Setting a certificate as pdf or picture and drawing its QR code as qr_svg or qr_png, waiting for its turn included. What is kept from before is not made again.',
      ['form'],
      STEP_SECONDS,
    ),
    waitedSeconds: histogram(
      'errata_accepted_to_issued_seconds',
      'From being accepted to being issued, of one certificate.',
      ['kind'],
      WAIT_SECONDS,
    ),
    published: counter('errata_published_total', 'Events that a broker has taken, by topic (our name for it).', [
      'topic',
    ]),
    publishFailures: counter('errata_publish_failures_total', 'Attempts to publish that failed: the events wait.', [
      'topic',
    ]),
    putAside: counter('errata_put_aside_total', 'Events that no broker takes (too large): people have to look.', [
      'topic',
    ]),
    relayPublishes: gauge(
      'errata_relay_publishes',
      '1 where this process is the one relay of the database that publishes.',
    ),
    intake: counter(
      'errata_intake_total',
      'Messages taken in: accepted, refused (put on the error topic), ours (only a nudge), duplicate (handled before), set_aside (failed again and again).',
      ['topic', 'outcome'],
    ),
    intakeFailures: counter(
      'errata_intake_failures_total',
      'Attempts to handle a message that failed: it is tried again.',
      ['topic'],
    ),
    consumerJoined: gauge(
      'errata_consumer_joined',
      '1 while this process is a member of the group that reads the topic.',
      ['topic'],
    ),
    webhookAttempts: counter(
      'errata_webhook_attempts_total',
      'Attempts to send a message to a source system: delivered, retried (it is tried again), given_up.',
      ['outcome'],
    ),

    // What the database says, the same from every process that is asked; see store-gauges.ts.
    databaseUp: gauge(
      'errata_database_up',
      '1 when the database answered this scrape; without it the figures from it are missing.',
    ),
    transactions: gauge(
      'errata_transactions',
      'Transactions that are not issued: waiting (due now, or being issued), postponed (an attempt failed), failed_last_day. At most 100000 of each are counted.',
      ['state'],
    ),
    queueAge: gauge(
      'errata_queue_age_seconds',
      'How long the transaction that waits longest has been due; 0 = none waits.',
    ),
    outboxLength: gauge('errata_outbox_length', 'Events that wait for the broker; at most 100000 are counted.'),
    outboxAge: gauge('errata_outbox_age_seconds', 'Age of the oldest event that waits for the broker; 0 = none waits.'),
    webhooksWaiting: gauge(
      'errata_webhook_deliveries_waiting',
      'Messages to source systems that wait; at most 100000 are counted.',
    ),
    webhookAge: gauge(
      'errata_webhook_age_seconds',
      'How long the message to a source system that waits longest has been due; 0 = none.',
    ),
    webhooksStopped: gauge(
      'errata_webhooks_stopped',
      'Webhooks that nothing is sent to any more, until somebody looked.',
    ),
    auditSealLag: gauge(
      'errata_audit_seal_lag_seconds',
      'Age of the oldest event of the audit log without a seal; 0 = all have one.',
    ),
    statusListLag: gauge(
      'errata_status_list_lag_seconds',
      'Age of the oldest change of a certificate that is not in the signed lists; 0 = none.',
    ),
    statusListValid: gauge('errata_status_list_valid_seconds', 'Until the first signed list runs out.'),
    workersSeen: gauge('errata_workers_seen', 'Workers that said within the last 30 seconds that they are alive.'),
    signingJobs: gauge('errata_signing_jobs_waiting', 'Signatures that requests wait for at this moment.'),
    sampleProblems: gauge('errata_sample_problems', 'Certificates that the last check of a sample found damaged.'),

    // Of this process, read at the scrape.
    poolConnections: gauge('errata_database_pool_connections', 'Connections to the database: used, idle.', ['state']),
    poolWaiting: gauge('errata_database_pool_waiting', 'Statements and transactions that wait for a connection.'),

    // Of this process, every ten seconds.
    settingsDiffer: gauge('errata_settings_differ', 'Settings that processes on the same database have otherwise.'),
  }
}

/** Which limit a refusal means. */
const LIMITS: Record<string, string> = {
  UPDATE_LIMIT_REACHED: 'updates',
  TOO_MANY_REQUESTS: 'requests',
  TOO_MANY_LOOK_UPS: 'look_ups',
  TOO_MANY_ATTEMPTS: 'attempts',
}

/** Counts a refusal: each item once for each of its codes, or the whole where no item is named. */
export function countRefused(code: string, details: readonly { index: number; code: string }[] = []): void {
  const items = new Map(details.map((one) => [`${one.index} ${one.code}`, one.code]))
  for (const each of items.size > 0 ? items.values() : [code]) {
    metrics.refusals.inc({ code: each })
    const limit = LIMITS[each]
    if (limit) metrics.limitsReached.inc({ limit })
  }
}
