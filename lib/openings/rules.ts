/** The rules of opened records: who may open what, when it is over, who says what to it. Pure. */
import { Refusal } from '@/lib/errors'
import type { Verdict } from './answers'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** How long an objection keeps the same person from opening the same record. */
const OBJECTION_STANDS = 24 * HOUR

export interface Span {
  openedAt: Date
  until: Date
  endedAt: Date | null
}

/** Whether an opening still opens anything. It ends at its very `until`, and at once when somebody ends it. */
export function isActive({ until, endedAt }: Pick<Span, 'until' | 'endedAt'>, now: Date): boolean {
  return endedAt === null && now < until
}

/** When what begins now ends by itself. */
export function endOf(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE)
}

/** What is found when somebody asks to open something. */
export interface ToOpen {
  reached: boolean
  /** When the owner's supervisor last objected to this person and record. */
  objectedAt: Date | null
}

/**
 * The records that are to be opened: those beyond the own reach. Refusals: NOT_FOUND for nothing there (as a search says),
 * VALIDATION_ERROR when all of it is reached anyway, NOT_ALLOWED for a day after an objection.
 */
export function recordsToOpen<R extends ToOpen>(found: R[], now: Date): R[] {
  if (found.length === 0) throw new Refusal('NOT_FOUND', 'There is no such record.')
  const beyond = found.filter(({ reached }) => !reached)
  if (beyond.length === 0) {
    throw new Refusal('VALIDATION_ERROR', 'You can read this record without opening it.')
  }
  if (beyond.some(({ objectedAt }) => objectedAt !== null && now.getTime() < objectedAt.getTime() + OBJECTION_STANDS)) {
    throw new Refusal(
      'NOT_ALLOWED',
      'The supervisor of the owning facility objected to this. Speak with them: for a day it cannot be opened again.',
    )
  }
  return beyond
}

/** With "other" a reason is the note alone. Refusal VALIDATION_ERROR. */
export function requireNote({ reason, note }: { reason: string; note: string }): void {
  if (reason !== 'other' || note !== '') return
  const message = 'Say in the note why.'
  throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/note', code: 'VALIDATION_ERROR', message }])
}

/**
 * What a supervisor's word does to the records that the supervisor reaches. The same word again changes nothing. Refusals:
 * SECOND_PERSON_NEEDED for one's own opening, OPENING_DECIDED when another word was said.
 */
export function planDecision(
  by: { id: string },
  opening: { operatorId: string; verdicts: (Verdict | null)[] },
  verdict: Verdict,
): 'unchanged' | 'change' {
  if (by.id === opening.operatorId) {
    throw new Refusal('SECOND_PERSON_NEEDED', 'Somebody else has to look at what you opened.')
  }
  const said = opening.verdicts.filter((one) => one !== null)
  if (said.length === 0 || said.length < opening.verdicts.length) return 'change'
  if (said.every((one) => one === verdict)) return 'unchanged'
  // Whoever acknowledged in the first place may still object, as long as anything is open.
  if (verdict === 'objected') return 'change'
  throw new Refusal('OPENING_DECIDED', 'Somebody objected to this already.')
}
