'use client'
/** "Asha (Gothatuwa) opened this 2 minutes ago": advice, in a region that is always there so that it is read out. */
import { UsersRound } from 'lucide-react'
import { draftWords } from '@/components/drafts/words'
import type { PresenceAnswer } from '@/lib/desk/answers'

export function PresenceNote({
  presence,
  className = '',
}: {
  presence: PresenceAnswer | undefined
  className?: string
}) {
  const others = presence?.others ?? []
  return (
    <div role="status" className={`${others.length === 0 ? 'sr-only' : ''} ${className}`}>
      {others.length > 0 && (
        <div className="flex gap-3 rounded-sheet bg-act-soft px-4 py-3 text-[0.9375rem]">
          <UsersRound aria-hidden className="mt-0.5 size-5 shrink-0 text-act" />
          <div className="min-w-0">
            {others.map(({ name, facility, secondsAgo }) => (
              <p key={`${name} ${facility}`} className="font-semibold">
                {draftWords.presence.open(name, facility, secondsAgo)}
              </p>
            ))}
            <p>{draftWords.presence.advice}</p>
          </div>
        </div>
      )}
    </div>
  )
}
