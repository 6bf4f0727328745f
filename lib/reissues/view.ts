/** A re-issue as whoever asks sees it, with what that one may do. Pure. */
import type { Caller } from '@/lib/certificates/caller'
import type { ReissueView } from './answers'
import type { ReissueRecord } from './store'

const CODES_SHOWN = 10

/** Only for callers who may see it. `type` is the one in force. */
export function viewOf(run: ReissueRecord, type: { title: string; version: number }, caller: Caller): ReissueView {
  const { state, counts, choice, startedById } = run
  const of = (name: keyof typeof counts) => counts[name] ?? 0
  const [unchecked, waiting, accepted] = [of('unchecked'), of('waiting'), of('accepted')]
  const [done, skipped, failed] = [of('done'), of('skipped'), of('failed')]
  const isOver = state === 'done' || state === 'stopped'
  const inForce = type.version === run.version
  const again = failed + skipped > 0 && inForce
  return {
    reissueId: run.id,
    type: run.type,
    title: type.title,
    version: run.version,
    inForce,
    choice: { ...choice, codes: choice.codes.slice(0, CODES_SHOWN), given: choice.codes.length },
    reason: run.reason,
    state,
    pausedWhy: run.pausedWhy,
    perMinute: run.perMinute,
    requestedBy: { name: run.requestedByName, you: run.requestedById === caller.id },
    requestedAt: run.requestedAt.toISOString(),
    startedBy: startedById === null ? null : { name: run.startedByName ?? '', you: startedById === caller.id },
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    progress: {
      share: run.share,
      total: unchecked + waiting + accepted + done + skipped + failed,
      ...{ unchecked, waiting, accepted, done, skipped, failed },
    },
    skipped: run.skipped,
    secondsLeft: state === 'running' ? secondsFor(waiting + accepted, run) : null,
    may: {
      start: state === 'ready' && waiting > 0 && inForce,
      pause: state === 'running',
      resume: state === 'paused' && inForce,
      stop: !isOver,
      retry: run.startedAt !== null && again && state !== 'stopped' && state !== 'running',
    },
  }
}

/** By what was really done in the last minute; before anything was, by the pace that was asked for. */
function secondsFor(left: number, { lately, perMinute, startedAt }: ReissueRecord): number {
  const isYoung = startedAt === null || lately < 10
  return Math.ceil((left * 60) / (isYoung ? perMinute : Math.min(perMinute, lately)))
}
