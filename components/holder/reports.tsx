'use client'
/** What the holder reported before, and what the facility answered. */
import { CircleCheck, Clock } from 'lucide-react'
import { dayOf } from '@/components/public/days'
import { fieldLabel } from '@/components/public/field-labels'
import { useLanguage, useWords } from '@/components/public/language-provider'
import type { HolderReport, HolderView } from '@/lib/holders/answers'
import { holderWords } from './words'

/** `now`: when the page was read; an answer that is expected later than that is not late. */
export function Reports({ view, now }: { view: HolderView; now: Date }) {
  const words = useWords(holderWords)
  if (view.reports.length === 0) return null
  return (
    <section aria-labelledby="holder-reports" className="sheet px-5 py-4">
      <h2 id="holder-reports" className="text-xl">
        {words.reports.title}
      </h2>
      <ul className="divide-y divide-line">
        {view.reports.map((report) => (
          <li key={report.reference} className="py-3">
            <Report report={report} timeZone={view.timeZone} now={now} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Report({ report, timeZone, now }: { report: HolderReport; timeZone: string; now: Date }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const day = (instant: string) => dayOf(instant, language, timeZone)
  const answered = report.state === 'closed'
  const late = !answered && Date.parse(report.answerBy) < now.getTime()
  const Icon = answered ? CircleCheck : Clock
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3">
        <bdi dir="ltr" className="numbers font-semibold">
          {report.reference}
        </bdi>
        <span className="text-sm text-ink-2">{words.reports.sent(day(report.createdAt))}</span>
      </p>
      <p className="text-sm">
        {report.kind === 'wrong' ? words.reports.wrong : words.reports.notMine}
        {report.fields.length > 0 &&
          ` (${report.fields.map((field) => fieldLabel(field, language)).join(language === 'ar' ? '، ' : ', ')})`}
      </p>
      <p className={`mt-1 flex items-start gap-2 text-sm font-semibold ${answered ? 'text-ok' : 'text-ink-2'}`}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {answered
          ? words.reports.answered(day(report.closedAt ?? report.createdAt))
          : late
            ? words.reports.late(day(report.answerBy))
            : words.reports.waiting(day(report.answerBy))}
      </p>
      {answered && (
        <blockquote className="mt-2 border-s-4 border-line-strong ps-3 whitespace-pre-line">
          {report.answer ? <bdi>{report.answer}</bdi> : words.reports.noAnswer}
        </blockquote>
      )}
    </>
  )
}
