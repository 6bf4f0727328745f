/** What a recall is about: vaccine, batch, days, whose certificates, until when, and why. */
import type { ReactNode } from 'react'
import { dayInWords } from '@/components/display'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import type { RecallView } from '@/lib/recalls/answers'
import { lastDayOf } from './consequences'
import { words } from './words'

type About = Pick<RecallView, 'action' | 'criteria' | 'facility' | 'until' | 'reason'> &
  Partial<Pick<RecallView, 'note'>>

export function CriteriaList({ recall }: { recall: About }) {
  const { timeZone } = usePlace()
  const { action, criteria, facility, until, reason, note = '' } = recall
  const { vaccine, batch, manufacturer, from, to } = criteria
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-[0.9375rem]">
      <Fact name={words.criteria.batch}>
        <strong>
          <Value ltr>{batch}</Value>
        </strong>
      </Fact>
      <Fact name={words.criteria.vaccine}>
        <Value>{vaccine}</Value>
      </Fact>
      <Fact name={words.criteria.manufacturer}>
        {manufacturer === null ? words.criteria.any : <Value>{manufacturer}</Value>}
      </Fact>
      {(from !== null || to !== null) && (
        <Fact name={words.criteria.days}>
          {[
            ...(from === null ? [] : [words.criteria.from(dayInWords(from))]),
            ...(to === null ? [] : [words.criteria.to(dayInWords(to))]),
          ].join(' ')}
        </Fact>
      )}
      <Fact name={words.criteria.facility}>
        {facility === null ? words.allFacilities : <Value>{facility.name}</Value>}
      </Fact>
      {action === 'suspend' && (
        <Fact name={words.criteria.end}>{until === null ? words.criteria.endOpen : lastDayOf(until, timeZone)}</Fact>
      )}
      {reason !== '' && (
        <Fact name={words.criteria.reason}>
          <span className="whitespace-pre-line">
            <Value>{reason}</Value>
          </span>
        </Fact>
      )}
      {note !== '' && (
        <Fact name={words.criteria.note}>
          <span className="whitespace-pre-line">
            <Value>{note}</Value>
          </span>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
