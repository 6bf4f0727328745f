/** The rules of opened records: who may open what, when it is over, who says what to it. Pure. */
import { objectionsFrom } from '@/lib/certificates/store-opened'
import { Refusal } from '@/lib/errors'
import type { Verdict } from './answers'

const MINUTE = 60_000

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
  if (beyond.some(({ objectedAt }) => objectedAt !== null && objectedAt > objectionsFrom(now))) {
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
 * Those of the records that a supervisor reaches of which this word is said. An objection is final: what was acknowledged
 * may still be objected to, and nothing takes an objection back. The same word again changes nothing. Refusals:
 * SECOND_PERSON_NEEDED for one's own opening, OPENING_DECIDED when all is decided, and not by this word alone.
 */
export function recordsToDecide<R extends { verdict: Verdict | null }>(
  by: { id: string },
  { operatorId, records }: { operatorId: string; records: R[] },
  verdict: Verdict,
): R[] {
  if (by.id === operatorId) {
    throw new Refusal('SECOND_PERSON_NEEDED', 'Somebody else has to look at what you opened.')
  }
  if (verdict === 'objected') return records.filter((one) => one.verdict !== 'objected')
  const undecided = records.filter((one) => one.verdict === null)
  if (undecided.length === 0 && records.some((one) => one.verdict === 'objected')) {
    throw new Refusal('OPENING_DECIDED', 'Somebody objected to this already.')
  }
  return undecided
}
