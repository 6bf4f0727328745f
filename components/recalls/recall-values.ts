/** What is typed on the form of a recall: what is missing, and what the registry is asked. Pure. */
import { pickedIn, type FacilityPick } from '@/components/administration/facility-choice'
import type { FormProblem } from '@/components/ui/error-summary'
import { dayIn, readInstant } from '@/lib/certificates/dates'
import type { RecallCriteria } from '@/lib/recalls/answers'
import type { WantedRecall } from './use-recalls'
import { words } from './words'

export interface RecallValues {
  batch: string
  vaccine: string
  manufacturer: string
  /** Days, YYYY-MM-DD or "". */
  from: string
  to: string
  facility: FacilityPick
  action: 'suspend' | 'revoke'
  end: 'open' | 'day'
  lastDay: string
  reason: string
}

const DAY = 24 * 60 * 60 * 1000

/** An empty form, or one with the criteria of an earlier recall. */
export function valuesOf(criteria: RecallCriteria | null, facility: FacilityPick, reason = ''): RecallValues {
  return {
    batch: criteria?.batch ?? '',
    vaccine: criteria?.vaccine ?? '',
    manufacturer: criteria?.manufacturer ?? '',
    from: criteria?.from ?? '',
    to: criteria?.to ?? '',
    facility,
    action: 'suspend',
    end: 'open',
    lastDay: '',
    reason,
  }
}

/** What is missing or cannot be, in the order of the form. */
export function problemsIn(values: RecallValues, timeZone: string, now = new Date()): FormProblem[] {
  const text = words.form
  const { batch, vaccine, from, to, reason, action, end, lastDay } = values
  const suspendsUntil = action === 'suspend' && end === 'day'
  return [
    ...(batch.trim() === '' ? [{ target: 'batch', message: text.batchMissing }] : []),
    ...(vaccine.trim() === '' ? [{ target: 'vaccine', message: text.vaccineMissing }] : []),
    ...(from !== '' && to !== '' && from > to ? [{ target: 'to', message: text.daysWrong }] : []),
    ...(suspendsUntil && lastDay === '' ? [{ target: 'lastDay', message: text.endMissing }] : []),
    ...(suspendsUntil && lastDay !== '' && lastDay < dayIn(now, timeZone)
      ? [{ target: 'lastDay', message: text.endPast }]
      : []),
    ...(reason.trim() === '' ? [{ target: 'reason', message: text.reasonMissing }] : []),
  ]
}

/** The request for values without problems. A suspension ends when its last day does, where the issuer is. */
export function wantedBy(
  values: RecallValues,
  timeZone: string,
): WantedRecall & { criteria: RecallCriteria; until: string | null } {
  const { batch, vaccine, manufacturer, from, to, facility, action, end, lastDay } = values
  return {
    action,
    criteria: {
      batch,
      vaccine,
      manufacturer: orNull(manufacturer),
      from: orNull(from),
      to: orNull(to),
      facilityCode: pickedIn(facility)?.facilityCode ?? null,
    },
    until: action === 'suspend' && end === 'day' ? endOf(lastDay, timeZone) : null,
  }
}

function endOf(day: string, timeZone: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
  return readInstant(`${next}T00:00`, timeZone)!.toISOString()
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text
}
