/** A run as whoever asks sees it, with what that one may do. Pure. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { BulkRun } from './answers'
import type { CountedRun } from './store'

/** Only for callers who may see it. Whether somebody can be the second person is decided when approving. */
export function viewOf(run: CountedRun, caller: Caller, title: string, cannotApprove: string | null): BulkRun {
  const { facilityCode, facilityName, decidedById, proposal } = run
  const facility = facilityCode === null ? null : { code: facilityCode, name: facilityName ?? facilityCode }
  return {
    runId: run.id,
    kind: run.kind,
    origin: run.origin,
    type: { name: run.type, title },
    state: run.state,
    outcome: run.outcome,
    filename: run.filename,
    columns: run.columns,
    facility,
    reason: run.reason?.note ?? '',
    by: { name: run.byName, you: isOwn(run, caller) },
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    proposal: proposal && {
      certificateId: proposal.certificateId,
      path: proposal.path,
      label: proposal.label,
      from: proposal.from,
      to: proposal.to,
      day: proposal.day,
      facility: { code: proposal.facilityCode, name: facilityName ?? proposal.facilityCode },
    },
    expiresAt: run.expiresAt?.toISOString() ?? null,
    decidedBy: decidedById === null ? null : { name: run.decidedByName ?? '', you: decidedById === caller.id },
    decidedAt: run.decidedAt?.toISOString() ?? null,
    note: run.note,
    counts: {
      total: run.total,
      blank: run.blank,
      unchecked: run.unchecked,
      ready: run.ready,
      needsApproval: run.needsApproval,
      unchanged: run.unchanged,
      waiting: run.waiting,
      done: run.done,
      requested: run.requested,
      refused: run.refused,
    },
    may: allowed(run, caller, cannotApprove),
    cannotApprove,
  }
}

/** Whether the caller began it. */
export function isOwn({ byKind, byId }: Pick<CountedRun, 'byKind' | 'byId'>, caller: Caller): boolean {
  return byKind === caller.kind && byId === caller.id
}

/** Who may begin it: its uploader; of an approved proposal both. */
export function allowed(run: CountedRun, caller: Caller, cannotApprove: string | null): BulkRun['may'] {
  const { state, proposal, startedAt, ready, refused, decidedById } = run
  const own = isOwn(run, caller)
  const acts = own || (proposal !== null && decidedById === caller.id)
  const decides = has(caller, 'supervisor')
  const isAtRest = state === 'checked' || state === 'stopped' || state === 'done'
  const waits = state === 'proposed' && startedAt === null
  return {
    start: acts && state === 'checked' && ready > 0 && (proposal === null || startedAt !== null),
    stop: state === 'running' && (acts || decides),
    resume: state === 'stopped' && acts,
    retry: acts && isAtRest && refused > 0,
    discard: own && proposal === null && startedAt === null && (state === 'checked' || state === 'checking'),
    approve: waits && !own && decides && cannotApprove === null,
    decline: waits && !own && decides,
    withdraw: own && proposal !== null && startedAt === null && (state === 'proposed' || state === 'checking'),
    mend: own && isAtRest && proposal === null && refused > 0,
  }
}
