/** What was chosen, in words. */
import { dayInWords } from '@/components/display'
import { Value } from '@/components/ui/value'
import type { ReissueChoice } from '@/lib/reissues/answers'
import { words } from './words'

const text = words.choice

interface ChoiceListProps {
  title: string
  version: number
  choice: ReissueChoice
  /** How many codes were given; those of the choice may be the first of them. */
  given: number
  reason?: string
  perMinute?: number
}

export function ChoiceList({ title, version, choice, given, reason, perMinute }: ChoiceListProps) {
  const { which, key, before, programId, facilityCode, district, codes } = choice
  const what = {
    other_version: [text.other_version, ''],
    key: [text.key, key ?? ''],
    before: [text.before, before ? dayInWords(before) : ''],
    all: [text.all, ''],
  }[which]
  const facts: [label: string, value: string][] = [
    [text.type, title],
    [text.version, text.versionValue(version)],
    [words.form.choice, what.filter(Boolean).join(': ')],
    ...(programId === null ? [] : [[text.programme, programId || text.noProgramme] as [string, string]]),
    ...(facilityCode === null ? [] : [[text.facility, facilityCode] as [string, string]]),
    ...(district === null ? [] : [[text.district, district] as [string, string]]),
    ...(given === 0 ? [] : [[text.codes, codesInWords(codes, given)] as [string, string]]),
    ...(reason === undefined ? [] : [[text.reason, reason] as [string, string]]),
    ...(perMinute === undefined ? [] : [[text.pace, text.paceValue(perMinute)] as [string, string]]),
  ]
  return (
    <dl className="grid gap-x-6 gap-y-2 text-[0.9375rem] sm:grid-cols-[minmax(9rem,auto)_1fr]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-3 max-sm:-mb-2 max-sm:text-sm">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <Value>{value}</Value>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const SHOWN = 10

function codesInWords(codes: string[], given: number): string {
  const shown = codes.slice(0, SHOWN)
  const more = given - shown.length
  return [shown.join(', '), ...(more > 0 ? [text.codesMore(more)] : [])].join(' ')
}
