/** Another dose that was sent along stopped everything: which one, why, and what to do now. */
import { Notice } from '@/components/ui/notice'
import type { RefusalDetail } from '@/lib/errors'
import type { OtherDose } from './carried'
import { doseWords } from './dose-words'

/** What was refused about a dose that was sent along. */
export interface DoseRefusal {
  dose: number
  code: RefusalDetail['code']
  message: string
}

/** The refusals of an array whose first item is the certificate itself: null when that one is refused too. */
export function refusedDoses(details: RefusalDetail[], sent: OtherDose[]): DoseRefusal[] | null {
  if (details.length === 0 || details.some(({ index }) => index === 0)) return null
  return details.map(({ index, code, message }) => ({ dose: sent[index - 1]?.dose ?? 0, code, message }))
}

export function OtherDosesRefused({ refusals }: { refusals: DoseRefusal[] }) {
  return (
    <Notice kind="stop" title={doseWords.refusedTitle}>
      <ul>
        {refusals.map(({ dose, code, message }) => (
          <li key={`${dose} ${message}`}>
            {code === 'STALE_VERSION' ? doseWords.stale(dose) : doseWords.refusedOne(dose, message)}
          </li>
        ))}
      </ul>
      <p className="mt-1">{doseWords.refusedNext}</p>
    </Notice>
  )
}
