/** What the form of a re-issue holds, and what the registry is asked with. Pure. */
import { pickedIn, type FacilityPick } from '@/components/administration/facility-choice'
import type { FormProblem } from '@/components/ui/error-summary'
import type { ReissueChoice } from '@/lib/reissues/answers'
import { words } from './words'

export interface ChoiceValues {
  type: string
  which: ReissueChoice['which']
  key: string
  before: string
  programme: string
  facility: FacilityPick
  /** One on each line. */
  codes: string
}

const MOST_CODES = 2000

/** Where the form begins; with a certificate's number it is about that one alone. */
export function beginWith(type: string, code: string): ChoiceValues {
  return {
    type,
    which: code === '' ? 'other_version' : 'all',
    ...{ key: '', before: '', programme: '' },
    facility: { scope: 'all', text: '' },
    codes: code,
  }
}

export function codesIn(text: string): string[] {
  return [...new Set(text.split(/[\n,;]/u).map((line) => line.trim()))].filter((line) => line !== '')
}

/** The choice as the registry is asked for it. */
export function wantedBy(values: ChoiceValues): { type: string; choice: ReissueChoice } {
  const { type, which, key, before, programme } = values
  const place = pickedIn(values.facility)
  const inDistrict = values.facility.scope === 'district'
  return {
    type,
    choice: {
      which,
      key: which === 'key' ? key : null,
      before: which === 'before' ? before : null,
      programId: programme.trim() === '' ? null : programme.trim(),
      facilityCode: inDistrict ? null : (place?.facilityCode ?? null),
      district: inDistrict ? (place?.district ?? null) : null,
      codes: codesIn(values.codes),
    },
  }
}

/** What is missing, by the id of its control. */
export function problemsIn({ which, key, before, codes }: ChoiceValues, needsCode: boolean): FormProblem[] {
  const { codeMissing, keyMissing, dayMissing, tooMany } = words.form
  return [
    ...(which === 'key' && key === '' ? [{ target: 'key', message: keyMissing }] : []),
    ...(which === 'before' && before === '' ? [{ target: 'before', message: dayMissing }] : []),
    ...(needsCode && codesIn(codes).length !== 1 ? [{ target: 'codes', message: codeMissing }] : []),
    ...(codesIn(codes).length > MOST_CODES ? [{ target: 'codes', message: tooMany }] : []),
  ]
}
