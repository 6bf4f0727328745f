'use client'
/** What was begun and not sent: code, initials and time, to go on with. */
import { useQuery } from '@tanstack/react-query'
import { PencilLine } from 'lucide-react'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import { contract } from '@/lib/api/contract'
import { whenOf } from './when'
import { draftWords } from './words'

export function DraftList() {
  const { timeZone } = usePlace()
  const asked = useQuery({ queryKey: ['drafts'], queryFn: () => call(contract.drafts), staleTime: 0, gcTime: 0 })
  const drafts = asked.data?.drafts ?? []
  if (drafts.length === 0) return null
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts" className="text-lg">
        {draftWords.list.title}
      </h2>
      <ul className="sheet mt-3 divide-y divide-line">
        {drafts.map(({ certificateId, preEnrollmentCode, dose, initials, savedAt, replaced }) => (
          <li key={certificateId} className="relative flex min-h-14 items-center gap-3 px-4 py-2.5 sm:px-5">
            <PencilLine aria-hidden className="size-4 shrink-0 text-ink-3" />
            <div className="min-w-0">
              <Link
                href={`/certificates/${certificateId}/correct`}
                className="font-semibold after:absolute after:inset-0 hover:text-act focus-visible:shadow-none focus-visible:after:shadow-(--focus)"
              >
                <Value ltr>{preEnrollmentCode}</Value> · <Value>{initials}</Value>
              </Link>
              <Facts className="numbers text-sm text-ink-3">
                <span>{draftWords.list.dose(dose)}</span>
                <span>{draftWords.list.saved(whenOf(savedAt, timeZone))}</span>
                {replaced && <span>{draftWords.list.replaced}</span>}
              </Facts>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
