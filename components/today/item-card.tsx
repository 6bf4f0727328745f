'use client'
/** One entry of the list. */
import { momentOf, timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import type { DayItem } from '@/lib/desk/answers'
import { CorrectionBody, FailureBody, LimitBody, StatusBody } from './item-bodies'
import { ItemTag } from './item-tag'
import { ReportBody } from './report-body'

interface DayItemCardProps {
  item: DayItem
  showFacility: boolean
  /** The entry may be of another day than the others: then its time is not enough. */
  showDay: boolean
  /** A report was closed; what to say about it. */
  onClosed: (sentence: string) => void
}

export function DayItemCard({ item, showFacility, showDay, onClosed }: DayItemCardProps) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const { subject, at } = item
  const heading = `item-${item.id.replaceAll(/[^A-Za-z0-9]/g, '-')}`
  return (
    <article aria-labelledby={heading} className="sheet px-5 py-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <ItemTag item={item} />
        <h2 id={heading} className="numbers text-base">
          <Value ltr>{subject.preEnrollmentCode}</Value>
          <span className="sr-only">, </span>
        </h2>
        <Facts className="min-w-0 text-sm text-ink-2 max-sm:order-last max-sm:basis-full sm:flex-1">
          <span>{which.title(subject)}</span>
          <span>
            <Value>{subject.initials}</Value>
          </span>
          {showFacility && (
            <span>
              <Value>{subject.facility.name}</Value>
            </span>
          )}
        </Facts>
        <time dateTime={at} className="numbers text-sm text-ink-3 max-sm:ms-auto">
          {showDay ? momentOf(at, timeZone) : timeOf(at, timeZone)}
        </time>
      </div>
      <div className="mt-2 text-[0.9375rem]">
        {item.kind === 'correction' && <CorrectionBody item={item} />}
        {item.kind === 'failure' && <FailureBody item={item} />}
        {item.kind === 'limit' && <LimitBody item={item} />}
        {item.kind === 'status' && <StatusBody item={item} />}
        {item.kind === 'report' && <ReportBody item={item} onClosed={onClosed} />}
      </div>
    </article>
  )
}
