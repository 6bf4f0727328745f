'use client'
/** How often this certificate was printed, and when last. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import { usePrints } from './use-prints'
import { printWords as words } from './words'

export function PrintedLine({ certificateId, className = '' }: { certificateId: string; className?: string }) {
  const { timeZone } = usePlace()
  const prints = usePrints(certificateId)
  const runs = prints.data?.filter((run) => run.certificateId === certificateId && run.kind !== 'slip')
  // What cannot be read is not guessed: the line is only there when the count is known.
  if (!runs) return null
  const [last] = runs
  const copies = runs.reduce((sum, run) => sum + run.copies, 0)
  return (
    <p className={className}>
      {last ? (
        <>
          {words.times(runs.length, copies)}, <Value>{words.last(momentOf(last.at, timeZone), last.by.name)}</Value>
        </>
      ) : (
        words.none
      )}
    </p>
  )
}
