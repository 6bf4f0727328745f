'use client'
/** Says that the number somebody searched for is an old one, on the page of the certificate that took its place. */
import { dayOf } from '@/components/display'
import { useFlow } from '@/components/flow'
import { usePlace } from '@/components/place'
import { Notice } from '@/components/ui/notice'
import { CertificateNumber } from '@/components/ui/value'
import { certificateOf } from './look-up'
import { words } from './words'

export function ReplacedNotice({ certificateId }: { certificateId: string }) {
  const { timeZone } = usePlace()
  const { outcome } = useFlow().search
  const replaced = outcome && 'replaced' in outcome ? outcome.replaced : null
  const leadsHere =
    outcome && 'lineages' in outcome && outcome.lineages.some((one) => certificateOf(one) === certificateId)
  if (!replaced || !leadsHere || replaced.certificateId === certificateId) return null
  return (
    <Notice
      kind="warn"
      live="status"
      className="mb-4"
      title={
        <>
          {words.replaced.before}
          <CertificateNumber id={replaced.certificateId} />
          {words.replaced.after(replaced.at && dayOf(replaced.at, timeZone))}
        </>
      }
    >
      <p>{words.replaced.next}</p>
    </Notice>
  )
}
