/**
 * The states of a request for a correction and what leads from one to the next. Pure. The names are the business statuses
 * of HL7 FHIR's Patient Request for Corrections (Task.businessStatus); "amendment-completed" is not kept but seen: the
 * accepted correction is issued.
 */
import { OPEN_REQUEST_STATES as OPEN_STATES } from '@/lib/certificates/answers'
import { Refusal } from '@/lib/errors'
import type { RequestState } from './answers'

export const KEPT_STATES = [...OPEN_STATES, 'accepted', 'denied', 'requester-cancelled'] as const

export type KeptState = (typeof KEPT_STATES)[number]

/** approve, ask, reject: a supervisor; answer, withdraw: who asked; return: the record changed, it goes back to who asked. */
export type Step = 'approve' | 'ask' | 'reject' | 'return' | 'answer' | 'withdraw'

const DECIDING: Partial<Record<Step, KeptState>> = {
  approve: 'accepted',
  ask: 'waiting-for-information',
  reject: 'denied',
  return: 'waiting-for-information',
  withdraw: 'requester-cancelled',
}

const NEXT: Record<KeptState, Partial<Record<Step, KeptState>>> = {
  queued: DECIDING,
  'in-review': DECIDING,
  'waiting-for-information': { ...DECIDING, answer: 'in-review' },
  accepted: {},
  denied: {},
  'requester-cancelled': {},
}

export interface Standing {
  state: KeptState
  /** Who approved, rejected or withdrew it. */
  decidedByName: string | null
}

/** The state after a step. Refusal APPROVAL_STATE when it cannot be taken from here; the sentence says what happened. */
export function after({ state, decidedByName }: Standing, step: Step): KeptState {
  const next = NEXT[state][step]
  if (next) return next
  throw new Refusal('APPROVAL_STATE', sentenceOf(state, decidedByName ?? 'Somebody else'))
}

/** Whether it still waits for somebody. */
export function isOpen(state: RequestState): boolean {
  return (OPEN_STATES as readonly string[]).includes(state)
}

function sentenceOf(state: KeptState, name: string): string {
  switch (state) {
    case 'accepted':
      return `${name} approved this request already.`
    case 'denied':
      return `${name} rejected this request already.`
    case 'requester-cancelled':
      return `${name} withdrew this request.`
    default:
      return 'Nobody asked a question that could be answered.'
  }
}
