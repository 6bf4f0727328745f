'use client'
/** The certificate under the form was replaced by somebody else: said while there is time to compare. */
import { draftWords } from '@/components/drafts/words'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'

interface ReplacedMeanwhileProps {
  certificateId: string
  newest: string | null
  /** There is something in the form to compare. */
  changed: boolean
  onCompare: () => void
}

export function ReplacedMeanwhile({ certificateId, newest, changed, onCompare }: ReplacedMeanwhileProps) {
  if (newest === null || newest === certificateId) return null
  return (
    <Notice kind="warn" live="status" title={draftWords.presence.replaced}>
      {changed ? (
        <>
          <p>{draftWords.presence.replacedNext}</p>
          <Button className="mt-2" onClick={onCompare}>
            {draftWords.presence.compare}
          </Button>
        </>
      ) : (
        <Link href={`/certificates/${newest}`}>{draftWords.presence.openCurrent}</Link>
      )}
    </Notice>
  )
}
