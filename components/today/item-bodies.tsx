'use client'
/** What a correction, a failure and a used-up allowance say, and what can be done about them. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { CertificateNumber, Value } from '@/components/ui/value'
import type { CorrectionItem, DaySubject, FailureItem, LimitItem, StatusItem } from '@/lib/desk/answers'
import { words as validity } from '@/components/validity/words'
import { useWhich } from '@/components/which'
import { words } from './words'

export function CorrectionBody({ item }: { item: CorrectionItem }) {
  const { state, fields, certificateId, transactionId, subject } = item
  const issued = state === 'issued'
  return (
    <>
      <p>
        {!issued
          ? words.correction.pendingNote
          : fields.length > 0
            ? words.correction.fields(fields)
            : words.correction.none}
      </p>
      <Facts className="mt-0.5 text-sm text-ink-3">
        <By {...item} />
        <span>
          <CertificateNumber id={certificateId} />
        </span>
        <ActionLink
          href={issued ? `/certificates/${certificateId}` : `/transactions/${transactionId}`}
          subject={subject}
        >
          {words.open}
        </ActionLink>
        {issued && subject.current === certificateId && (
          <ActionLink href={`/certificates/${certificateId}/same`} subject={subject}>
            {words.correction.same}
          </ActionLink>
        )}
      </Facts>
    </>
  )
}

export function FailureBody({ item }: { item: FailureItem }) {
  const { update, code, message, again, toDose, transactionId, subject } = item
  const stopped = validity.stopped[code]
  return (
    <>
      {stopped ? (
        <p>{stopped}</p>
      ) : (
        <>
          <p>{message}</p>
          <p className="text-ink-2">
            {!update ? words.failure.noCertificate : again === null ? words.failure.solved : words.failure.stillValid}
          </p>
        </>
      )}
      <Facts className="mt-0.5 text-sm text-ink-3">
        <By {...item} />
        <span className="wrap-anywhere">
          {words.failure.reference} <Value ltr>{transactionId}</Value>
        </span>
      </Facts>
      <div className="mt-3 flex flex-wrap gap-3">
        {again && (
          <Link
            href={`/certificates/${again}/${toDose === null ? `correct?again=${transactionId}` : 'move'}`}
            className={buttonClass('main')}
          >
            {words.failure.again}
            <About subject={subject} />
          </Link>
        )}
        <OpenCurrent subject={subject} />
      </div>
    </>
  )
}

export function LimitBody({ item }: { item: LimitItem }) {
  const { reached, subject } = item
  return (
    <>
      <p>{words.limit[reached]}</p>
      <Facts className="mt-0.5 text-sm text-ink-3">
        <By {...item} />
        {subject.current && (
          <ActionLink href={`/certificates/${subject.current}/history`} subject={subject}>
            {words.history}
          </ActionLink>
        )}
      </Facts>
    </>
  )
}

export function StatusBody({ item }: { item: StatusItem }) {
  const { timeZone } = usePlace()
  const { state, cause, until, certificateId, subject } = item
  return (
    <>
      <p>{cause === null ? words.status.over : validity.causes[state][cause]}</p>
      {until !== null && <p className="text-ink-2">{words.status.until(momentOf(until, timeZone))}</p>}
      <Facts className="mt-0.5 text-sm text-ink-3">
        <By {...item} channel={item.by.kind === 'client' ? 'api' : 'screen'} />
        <span>
          <CertificateNumber id={certificateId} />
        </span>
        <ActionLink href={`/certificates/${certificateId}`} subject={subject}>
          {words.open}
        </ActionLink>
      </Facts>
    </>
  )
}

/** The certificate that is current now, where there is one. */
export function OpenCurrent({ subject }: { subject: DaySubject }) {
  if (subject.current === null) return null
  return (
    <Link href={`/certificates/${subject.current}`} className={buttonClass('second')}>
      {words.openCurrent}
      <About subject={subject} />
    </Link>
  )
}

/** For people who hear a list of links: what this one is about. */
export function About({ subject }: { subject: DaySubject }) {
  const which = useWhich()
  return <span className="sr-only">: {words.about(subject.preEnrollmentCode, which.name(subject))}</span>
}

function ActionLink({ href, subject, children }: { href: string; subject: DaySubject; children: string }) {
  return (
    <span>
      <Link href={href} className="link inline-flex min-h-6 items-center font-semibold">
        {children}
        <About subject={subject} />
      </Link>
    </span>
  )
}

function By({ by, channel }: { by: CorrectionItem['by']; channel?: 'api' | 'screen' }) {
  return <span>{by.you ? words.byYou : <Value>{words.by(by.name, channel)}</Value>}</span>
}
