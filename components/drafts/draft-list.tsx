'use client'
/** What was begun and not sent: code, initials and time, to go on with. */
import { useQuery } from '@tanstack/react-query'
import { ChevronRight, PencilLine } from 'lucide-react'
import { useBrought } from '@/components/brought'
import { usePlace } from '@/components/place'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { call } from '@/lib/api/call'
import type { OpenDraft } from '@/lib/desk/answers'
import { whenOf } from './when'
import { draftWords } from './words'

export function DraftList() {
  const brought = useBrought('GET /v3/drafts')
  const asked = useQuery({ ...brought, queryKey: ['drafts'], queryFn: () => call('GET /v3/drafts'), gcTime: 0 })
  const drafts = asked.data?.drafts ?? []
  if (drafts.length === 0) return null
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts" className="flex items-center gap-2 text-base">
        <PencilLine aria-hidden className="size-4 text-ink-3" />
        {draftWords.list.title}
      </h2>
      <p className="text-sm text-ink-3">{draftWords.list.hint}</p>
      <ul className="sheet mt-3 divide-y divide-line">
        {drafts.map((draft) => (
          <li key={draft.certificateId}>
            <Item draft={draft} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({ draft }: { draft: OpenDraft }) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const { certificateId, preEnrollmentCode, initials, savedAt, replaced } = draft
  return (
    <Link
      href={`/certificates/${certificateId}/correct`}
      className="flex min-h-12 items-center gap-3 px-5 py-2.5 hover:bg-act-soft"
    >
      <span className="min-w-0 flex-1">
        <span className="numbers font-semibold text-act">
          <Value ltr>{preEnrollmentCode}</Value>
        </span>
        <Facts className="text-sm text-ink-2">
          <span>{which.title(draft)}</span>
          <span>
            <Value>{initials}</Value>
          </span>
          <span className="numbers">{draftWords.list.saved(whenOf(savedAt, timeZone))}</span>
          {replaced && <span className="font-semibold text-warn">{draftWords.list.replaced}</span>}
        </Facts>
      </span>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3 rtl:-scale-x-100" />
    </Link>
  )
}
