'use client'
/** Whether everything that the queue needs is alive, each with a sentence of what to do. */
import type { ReactNode } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Link } from '@/components/ui/link'
import { Notice, type NoticeKind } from '@/components/ui/notice'
import type { QueueAnswer } from '@/lib/operations/answers'
import { words } from './words'

/** Messages leave within moments: what waits longer is stuck. */
const LATE_SECONDS = 30
/** A receiver may be slow. */
const HOOK_LATE_SECONDS = 120

interface Sign {
  kind: NoticeKind
  title: string
  next: ReactNode
}

export function InstallationPart({ queue }: { queue: QueueAnswer }) {
  const { timeZone } = usePlace()
  const { workers, installation } = queue
  const seen = workers.seenAt === null ? null : momentOf(workers.seenAt, timeZone)
  const signs: Sign[] = [
    workers.alive > 0
      ? { kind: 'ok', title: words.workers(workers.alive), next: words.workersNext }
      : { kind: 'stop', title: words.noWorkers, next: words.noWorkersNext(seen) },
    ...(installation ? [...relaySigns(installation.relay), ...hookSigns(installation.webhooks)] : []),
  ]
  return (
    <section aria-labelledby="installation" className="mt-8">
      <h2 id="installation" className="text-lg">
        {words.installation}
      </h2>
      <div className="mt-3 space-y-2">
        {signs.map(({ kind, title, next }) => (
          <Notice key={title} kind={kind} title={title}>
            <p>{next}</p>
          </Notice>
        ))}
      </div>
    </section>
  )
}

function relaySigns(relay: NonNullable<QueueAnswer['installation']>['relay']): Sign[] {
  if (!relay) return [{ kind: 'info', title: words.noBroker, next: words.noBrokerNext }]
  const { running, waiting, seconds, putAside } = relay
  const late = waiting > 0 && seconds > LATE_SECONDS
  const state: Sign = !running
    ? { kind: 'stop', title: words.relayGone, next: words.relayGoneNext(waiting) }
    : late
      ? { kind: 'stop', title: words.brokerAway, next: words.brokerAwayNext(waiting, words.age(seconds)) }
      : { kind: 'ok', title: words.relayOk, next: words.relayOkNext(waiting) }
  return putAside === 0 ? [state] : [state, { kind: 'warn', title: words.putAside(putAside), next: words.putAsideNext }]
}

function hookSigns({ waiting, seconds, stopped }: NonNullable<QueueAnswer['installation']>['webhooks']): Sign[] {
  const state: Sign =
    waiting > 0 && seconds > HOOK_LATE_SECONDS
      ? { kind: 'warn', title: words.hooksLate(waiting), next: words.hooksLateNext(words.age(seconds)) }
      : { kind: 'ok', title: words.hooksOk, next: words.hooksOkNext(waiting) }
  if (stopped === 0) return [state]
  const next = (
    <>
      {words.hooksStoppedNext} <Link href="/administration/clients">{words.hooksLink}</Link>
    </>
  )
  return [state, { kind: 'warn', title: words.hooksStopped(stopped), next }]
}
