/** One request in a list. */
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import type { ApprovalView } from '@/lib/approvals/answers'
import { RequestTag } from './request-tag'
import { words } from './words'

export function RequestEntry({ request }: { request: ApprovalView }) {
  const { timeZone, operator } = usePlace()
  const which = useWhich()
  const { requestId, subject, reasons, requestedBy, requestedAt } = request
  return (
    <ListRow
      href={`/approvals/${requestId}`}
      name={<Value ltr>{words.name(subject.preEnrollmentCode, which.name(subject))}</Value>}
      flags={<RequestTag request={request} />}
    >
      <Facts className="text-sm text-ink-2">
        <span>
          <Value>{subject.initials}</Value>
        </span>
        {(operator.isEverywhere || operator.isDistrict) && (
          <span>
            <Value>{subject.facility.name}</Value>
          </span>
        )}
        <span>{words.askedBy(words.by(requestedBy.name, requestedBy.you), momentOf(requestedAt, timeZone))}</span>
      </Facts>
      <p className="mt-0.5 text-sm text-ink-2">{reasons.map((reason) => words.reasons[reason]).join(' ')}</p>
    </ListRow>
  )
}
