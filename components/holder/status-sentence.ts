/** The state of a certificate in one sentence, on the page and in a kept copy. */
import type { Language } from '@/components/language'
import { dayOf, momentOf } from '@/components/public/days'
import type { HolderView } from '@/lib/holders/answers'
import { holderWords } from './words'

export function statusSentence(view: HolderView, language: Language): string {
  const { status } = holderWords[language]
  const day = (instant: string) => dayOf(instant, language, view.timeZone)
  if (view.state === 'revoked') return status.revoked(day(view.since))
  if (view.state === 'suspended') {
    if (view.until === null) return status.suspended(day(view.since))
    // The hour, too: a suspension may end on the day on which it began.
    return status.suspendedUntil(day(view.since), momentOf(new Date(view.until), language, view.timeZone))
  }
  const issued = view.versions.find(({ certificateId }) => certificateId === view.certificateId)!.issuedAt
  return view.version === 1 ? status.issued(day(issued)) : status.updated(day(issued))
}
