'use client'
/** What a holder says, and what the operator does about it: correct, or close with an answer. */
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import { fieldsOf } from '@/lib/certificate-types/type'
import type { ReportItem } from '@/lib/desk/answers'
import { CloseReport } from './close-report'
import { About, OpenCurrent } from './item-bodies'
import { words } from './words'

export function ReportBody({ item, onClosed }: { item: ReportItem; onClosed: (sentence: string) => void }) {
  const { timeZone } = usePlace()
  const [closing, setClosing] = useState(false)
  const { about, note, reference, correctedSince, closed, subject } = item
  return (
    <>
      <p className="font-semibold">{about === 'wrong' ? words.report.wrong : words.report.notRequested}</p>
      <Fields item={item} />
      {note !== '' && (
        <blockquote className="mt-2 border-s-2 border-line-strong ps-3 whitespace-pre-line text-ink-2">
          <Value>{note}</Value>
        </blockquote>
      )}
      <Facts className="mt-1 text-sm text-ink-3">
        <span className="numbers">
          {words.report.reference} <Value ltr>{reference}</Value>
        </span>
        {correctedSince && <span>{words.report.correctedSince(momentOf(correctedSince.at, timeZone))}</span>}
      </Facts>
      {closed ? (
        <Closed closed={closed} />
      ) : closing ? (
        <CloseReport
          item={item}
          onCancel={() => setClosing(false)}
          onClosed={(sentence) => {
            setClosing(false)
            onClosed(sentence)
          }}
        />
      ) : (
        <>
          <Obstacle item={item} />
          <div className="mt-3 flex flex-wrap gap-3">
            {canCorrect(item) && (
              <Link
                href={`/certificates/${subject.current}/correct?report=${item.reportId}`}
                className={buttonClass('main')}
              >
                {words.report.correct}
                <About subject={subject} />
              </Link>
            )}
            <Button onClick={() => setClosing(true)}>
              {words.report.close}
              <About subject={subject} />
            </Button>
            <OpenCurrent subject={subject} />
          </div>
        </>
      )}
    </>
  )
}

function Fields({ item: { fields, subject } }: { item: ReportItem }) {
  const known = fieldsOf(useType(subject.type))
  if (fields.length === 0) return null
  return (
    <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(8rem,auto)_minmax(0,1fr)]">
      {fields.map(({ path, right }) => {
        const field = known.find((one) => one.path === path)
        return (
          <div key={path} className="contents">
            <dt className="text-ink-2">{field?.label ?? path}</dt>
            <dd>
              {right === '' ? (
                words.report.noValue
              ) : (
                <>
                  <span className="text-ink-3">{words.report.says} </span>
                  <span className="font-semibold">
                    <Value ltr={field?.ltr}>{right}</Value>
                  </span>
                </>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Obstacle({ item: { subject } }: { item: ReportItem }) {
  const why =
    subject.current === null
      ? words.report.notCurrent
      : subject.updatesRemaining === 0
        ? words.report.noneLeft
        : subject.updatesPending > 0
          ? words.correction.pendingNote
          : null
  return why === null ? null : <p className="mt-2 text-sm text-ink-2">{why}</p>
}

function Closed({ closed }: { closed: NonNullable<ReportItem['closed']> }) {
  const { timeZone } = usePlace()
  return (
    <div className="mt-3 rounded-control bg-mute-soft px-4 py-3">
      <p className="text-sm text-ink-2">
        {words.report.closed(closed.by, momentOf(closed.at, timeZone))}
        {closed.outcome && `: ${words.closing.outcomes[closed.outcome]}`}
      </p>
      <p className="mt-1 whitespace-pre-line">
        <Value>{closed.answer}</Value>
      </p>
    </div>
  )
}

function canCorrect({ subject }: ReportItem): boolean {
  return subject.current !== null && subject.updatesRemaining > 0 && subject.updatesPending === 0
}
