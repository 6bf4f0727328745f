'use client'
/** One certificate among those that were found. */
import { ChevronRight } from 'lucide-react'
import { dayOf, momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateTag } from '@/components/ui/tag'
import { CertificateNumber, Value } from '@/components/ui/value'
import { words as validity } from '@/components/validity/words'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import type { LineageView } from '@/lib/api/contract'
import { certificateOf } from './look-up'

export function LineageCard({ lineage }: { lineage: LineageView }) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const { current } = lineage
  const standing = lineage.history[0]
  const reason = standing?.statuses.at(-1)?.reason
  const certificateId = certificateOf(lineage)
  const state = lineage.state === 'current' && lineage.updatesPending > 0 ? 'being_issued' : lineage.state
  return (
    <div className="sheet relative flex items-center gap-4 px-5 py-4 has-[a:hover]:border-act">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-base font-semibold">
            {certificateId ? (
              <Link
                href={`/certificates/${certificateId}`}
                className="after:absolute after:inset-0 after:rounded-sheet focus-visible:shadow-none focus-visible:after:shadow-(--focus)"
              >
                {which.kind(lineage) ?? which.title(lineage)} · <Value>{lineage.vaccine}</Value>
              </Link>
            ) : (
              <>
                {which.kind(lineage) ?? which.title(lineage)} · <Value>{lineage.vaccine}</Value>
              </>
            )}
          </span>
          <StateTag state={state} />
        </div>
        <p className="mt-1 text-sm text-ink-2">
          <Value>{lineage.holderName}</Value>
        </p>
        <Facts className="mt-0.5 text-sm text-ink-3">
          {which.kind(lineage) && <span>{which.title(lineage)}</span>}
          {current ? (
            <>
              <span>
                <CertificateNumber id={current.certificateId} />
              </span>
              <span>{words.issuedOn(dayOf(current.issuedAt, timeZone))}</span>
              <span className="numbers">{words.allowance.left(lineage.updatesRemaining, lineage.updatesLimit)}</span>
            </>
          ) : (
            <span>{certificateId ? <CertificateNumber id={certificateId} /> : words.find.noCertificateYet}</span>
          )}
          {standing?.state === 'revoked' && <span>{validity.found.revoked(dayOf(standing.since, timeZone))}</span>}
          {standing?.state === 'suspended' && (
            <span>
              {validity.found.suspended(
                dayOf(standing.since, timeZone),
                standing.until && momentOf(standing.until, timeZone),
              )}
            </span>
          )}
          {reason && (standing.state === 'revoked' || standing.state === 'suspended') && (
            <span>{validity.causes[standing.state][reason.cause]}</span>
          )}
        </Facts>
      </div>
      {certificateId && <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3 rtl:-scale-x-100" />}
    </div>
  )
}
