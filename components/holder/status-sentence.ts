/** The state of a certificate in one sentence, on the page and in a kept copy. */
import type { Language } from '@/components/language'
import { dayOf } from '@/components/public/days'
import type { HolderView } from '@/lib/holders/answers'
import { holderWords } from './words'

export function statusSentence(view: HolderView, language: Language): string {
  const { status } = holderWords[language]
  const day = (instant: string) => dayOf(instant, language, view.timeZone)
  if (view.state === 'revoked') return status.revoked(day(view.since))
  if (view.state === 'suspended') {
    return view.until ? status.suspendedUntil(day(view.since), day(view.until)) : status.suspended(day(view.since))
  }
  const issued = view.versions.find(({ certificateId }) => certificateId === view.certificateId)!.issuedAt
  return view.version === 1 ? status.issued(day(issued)) : status.updated(day(issued))
}
