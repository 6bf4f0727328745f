/** A recall as whoever asks sees it, with what that one may do. Pure. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { RecallView } from './answers'
import type { RecallRecord } from './store'

/** Only for callers who may see it. Whether somebody can be the second person is decided when confirming. */
export function viewOf(recall: RecallRecord, caller: Caller): RecallView {
  const { id, facilityCode, facilityName, decidedById, decidedByName } = recall
  return {
    recallId: id,
    action: recall.action,
    state: recall.state,
    outcome: recall.outcome,
    criteria: recall.criteria,
    facility: facilityCode === null ? null : { code: facilityCode, name: facilityName ?? facilityCode },
    until: recall.until?.toISOString() ?? null,
    reason: recall.reason.note,
    note: recall.note,
    requestedBy: { name: recall.requestedByName, you: recall.requestedById === caller.id },
    requestedAt: recall.requestedAt.toISOString(),
    expiresAt: recall.expiresAt.toISOString(),
    decidedBy: decidedById === null ? null : { name: decidedByName ?? '', you: decidedById === caller.id },
    decidedAt: recall.decidedAt?.toISOString() ?? null,
    finishedAt: recall.finishedAt?.toISOString() ?? null,
    ofRecallId: recall.ofRecallId,
    progress: { total: recall.total, done: recall.done, refused: recall.refused, waiting: recall.waiting },
    may: allowed(recall, caller),
  }
}

function allowed({ state, action, requestedById }: RecallRecord, caller: Caller): RecallView['may'] {
  const decides = has(caller, 'supervisor')
  const isOwn = requestedById === caller.id
  return {
    confirm: state === 'proposed' && decides && !isOwn,
    cancel: state === 'proposed' && (decides || isOwn),
    stop: state === 'running' && decides,
    resume: state === 'stopped' && decides,
    lift: action === 'suspend' && (state === 'done' || state === 'stopped'),
  }
}
