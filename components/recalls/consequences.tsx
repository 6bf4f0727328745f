/** What a recall does and what it does not, in plain sentences. */
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import type { RecallAction, RecallCounts } from '@/lib/recalls/answers'
import { words } from './words'

interface ConsequencesProps {
  action: RecallAction
  counts: RecallCounts
  /** An instant. */
  until: string | null
}

export function Consequences({ action, counts, until }: ConsequencesProps) {
  const { timeZone } = usePlace()
  const { untouched } = counts
  const sentences = [
    ...words.consequences(action, counts.covered, until === null ? null : lastDayOf(until, timeZone)),
    words.duration(counts.seconds),
    ...(action === 'lift' ? [] : [words.notLater]),
  ]
  const apart = (Object.keys(words.untouched) as (keyof typeof words.untouched)[]).flatMap((kind) =>
    untouched[kind] > 0 ? [words.untouched[kind](untouched[kind])] : [],
  )
  return (
    <>
      <ul className="list-disc space-y-1.5 ps-5">
        {sentences.map((sentence, index) => (
          <li key={sentence} className={index === 0 ? 'font-semibold' : ''}>
            {sentence}
          </li>
        ))}
      </ul>
      {apart.length > 0 && (
        <ul className="mt-4 list-disc space-y-1.5 border-t border-line ps-5 pt-4 text-ink-2">
          {apart.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The day before the instant at which a suspension is over. */
export function lastDayOf(until: string, timeZone: string): string {
  return dayOf(new Date(Date.parse(until) - 1).toISOString(), timeZone)
}
