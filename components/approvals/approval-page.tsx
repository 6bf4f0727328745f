'use client'
/** One request: how it stands, what would change and why a second person is asked, what was said, and what can be done. */
import { Card } from '@/components/administration/card'
import { dayOf, momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Asked } from '@/components/ui/asked'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateNumber, Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import type { ApprovalAnswer } from '@/lib/approvals/answers'
import { DecidePart } from './decide-part'
import { Messages } from './messages'
import { MinePart } from './mine-part'
import { RequestChanges } from './request-changes'
import { RequestTag } from './request-tag'
import { useApproval } from './use-approvals'
import { GivenType, useType } from '@/components/type-in-force'
import { useWhich } from '@/components/which'
import { words } from './words'

export function ApprovalPage({ requestId }: { requestId: string }) {
  const asked = useApproval(requestId)
  return (
    <Asked asked={asked} listHref="/approvals" words={words} className="mx-auto max-w-4xl">
      {(request) => <OfType request={request} />}
    </Asked>
  )
}

/** What would change is read with the record's own type. */
function OfType({ request }: { request: ApprovalAnswer }) {
  return (
    <GivenType type={useType(request.subject.type)}>
      <Request request={request} />
    </GivenType>
  )
}

function Request({ request }: { request: ApprovalAnswer }) {
  const which = useWhich()
  const { subject, requestedBy, reasons, messages, state, history } = request
  const isDone = state === 'accepted' || state === 'amendment-completed'
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeading
        crumbs={[{ key: 'requests', label: words.title, href: '/approvals' }]}
        title={<Value ltr>{words.name(subject.preEnrollmentCode, which.name(subject))}</Value>}
        tag={<RequestTag request={request} />}
        lead={<People request={request} />}
      />
      <div className="mt-6 space-y-6">
        {requestedBy.you && <MinePart request={request} />}
        <Card id="why" title={words.reasonsTitle}>
          <ul className="list-disc space-y-1 ps-5">
            {reasons.map((reason) => (
              <li key={reason}>{words.reasons[reason]}</li>
            ))}
          </ul>
        </Card>
        {request.readable && (
          <RequestChanges title={isDone ? words.changesDone : words.changes} request={request}>
            <ReasonLine reason={request.reason} />
          </RequestChanges>
        )}
        {!request.readable && <p>{words.unreadable}</p>}
        {messages.length > 0 && <Messages messages={messages} />}
        {request.may.decide && <DecidePart request={request} />}
        {history.length > 0 && <HistoryCard request={request} />}
      </div>
    </div>
  )
}

function People({ request }: { request: ApprovalAnswer }) {
  const { timeZone } = usePlace()
  const { subject, state, requestedBy, requestedAt, decidedBy, decidedAt } = request
  const ended = words.ended[state as keyof typeof words.ended]
  return (
    <Facts>
      <span>
        <Value>{subject.initials}</Value>
      </span>
      <span>
        <Value>{subject.facility.name}</Value>
      </span>
      <span>{words.askedBy(words.by(requestedBy.name, requestedBy.you), momentOf(requestedAt, timeZone))}</span>
      {decidedBy && decidedAt && ended && (
        <span>{words.decidedBy(ended, words.by(decidedBy.name, decidedBy.you), momentOf(decidedAt, timeZone))}</span>
      )}
    </Facts>
  )
}

function ReasonLine({ reason }: { reason: ApprovalAnswer['reason'] }) {
  const requester = shared.requesters[reason?.requestedBy as keyof typeof shared.requesters]
  const cause = shared.causes[reason?.cause as keyof typeof shared.causes]
  if (!requester || !cause) return null
  return (
    <p className="border-t border-line px-5 py-3 text-[0.9375rem] sm:px-6">
      <span className="me-3 font-semibold">{words.reason}</span>
      {shared.history.reason(requester, cause)}
      {typeof reason?.note === 'string' && (
        <span className="block text-sm text-ink-2">
          <Value>{reason.note}</Value>
        </span>
      )}
    </p>
  )
}

/** The versions of the record in short; the whole history is a page of its own. */
function HistoryCard({ request: { history, updates, newest, certificateId } }: { request: ApprovalAnswer }) {
  const { timeZone } = usePlace()
  return (
    <Card id="history" title={words.history}>
      <p className="numbers text-sm text-ink-2">
        {words.updates(updates.used, updates.limit)}
        {updates.extra > 0 && `, ${words.extra(updates.extra)}`}
      </p>
      <ol className="mt-3 divide-y divide-line">
        {history.slice(0, 10).map((version) => (
          <li key={version.certificateId} className="py-2.5 text-[0.9375rem]">
            <Facts>
              <span className="font-semibold">{words.version(version.version)}</span>
              <span>{dayOf(version.issuedAt, timeZone)}</span>
              <span>
                <Value>{version.by.name}</Value>
              </span>
              <span>
                <CertificateNumber id={version.certificateId} />
              </span>
            </Facts>
            <p className="text-sm text-ink-2">
              {version.changes.length > 0 ? version.changes.map(({ label }) => label).join(', ') : words.firstIssued}
            </p>
          </li>
        ))}
      </ol>
      <Link
        href={`/certificates/${history[0]?.certificateId ?? newest ?? certificateId}/history`}
        className="link mt-2 inline-flex min-h-11 items-center"
      >
        {words.historyAll}
      </Link>
    </Card>
  )
}
