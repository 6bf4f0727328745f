'use client'
/** One check: whose it is, how far it got, and every certificate with which something is wrong. */
import { dayInWords, momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { CertificateNumber, Value } from '@/components/ui/value'
import type { CheckView } from '@/lib/status-lists/answers'
import { CheckTag } from './check-tag'
import { words } from './words'

/** The registry keeps no more of them. */
const MOST_PROBLEMS = 100

export function CheckEntry({ check }: { check: CheckView }) {
  const { timeZone } = usePlace()
  const { night, requestedByName, startedAt, finishedAt, size, checked, problems } = check
  return (
    <li className="px-5 py-4 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="text-base font-semibold">
          {night === null ? (
            <>
              {words.askedBy}
              <Value>{requestedByName ?? ''}</Value>
            </>
          ) : (
            words.night(dayInWords(night))
          )}
        </h2>
        <CheckTag check={check} />
      </div>
      <Facts className="numbers mt-0.5 text-sm text-ink-2">
        <span>{momentOf(startedAt, timeZone)}</span>
        {finishedAt === null ? (
          <span>{checked === 0 ? words.waits : words.of(checked, size)}</span>
        ) : (
          <>
            <span>{words.checked(checked)}</span>
            <span>{words.seconds(secondsBetween(startedAt, finishedAt))}</span>
          </>
        )}
      </Facts>
      {problems.length > 0 && (
        <>
          <p className="mt-3 text-[0.9375rem]">{words.whatNow}</p>
          <ul className="mt-2 divide-y divide-line border-y border-line text-[0.9375rem]">
            {problems.map(({ certificateId, problem }) => (
              <li key={`${certificateId} ${problem}`} className="flex flex-wrap items-center gap-x-4">
                <Link
                  href={`/certificates/${encodeURIComponent(certificateId)}`}
                  className="flex min-h-11 items-center font-semibold text-act underline underline-offset-2"
                >
                  <CertificateNumber id={certificateId} />
                </Link>
                <span className="py-1">{words.kinds[problem]}</span>
              </li>
            ))}
          </ul>
          {problems.length >= MOST_PROBLEMS && <p className="mt-2 text-sm text-ink-2">{words.shownOnly}</p>}
        </>
      )}
    </li>
  )
}

function secondsBetween(from: string, until: string): number {
  return Math.max(1, Math.round((Date.parse(until) - Date.parse(from)) / 1000))
}
