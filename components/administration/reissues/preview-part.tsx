'use client'
/** How many, how they would look, why, how fast; and the button that keeps the choice. */
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { Choices, TextField } from '@/components/administration/form-parts'
import { useSaving } from '@/components/administration/use-saving'
import { newUuid } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { ApiError, call } from '@/lib/api/call'
import { CountsPart } from './counts-part'
import { REISSUES } from './reissues-page'
import { SamplesPart } from './samples-part'
import { sumOf } from './sum-counts'
import { useCount, type WantedReissue } from './use-reissues'
import { PACES, words } from './words'

const text = words.preview

export function PreviewPart({ wanted, onBack }: { wanted: WantedReissue; onBack: () => void }) {
  const { parts, share, isWhole, error, again } = useCount(wanted)
  if (error) {
    const isRefused = error instanceof ApiError && error.status < 500
    return (
      <Notice kind="stop" live="alert" title={isRefused ? error.message : words.unavailable}>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="small" onClick={again}>
            {shared.retry}
          </Button>
          <Button size="small" onClick={onBack}>
            {text.backButton}
          </Button>
        </div>
      </Notice>
    )
  }
  if (!isWhole) return <Counting share={share} chosen={parts.reduce((sum, { chosen }) => sum + chosen, 0)} />
  const counts = sumOf(parts)
  const { chosen, some } = counts
  return (
    <>
      <CountsPart counts={counts} />
      {some.length > 0 && <SamplesPart wanted={wanted} codes={some} />}
      {chosen > 0 ? (
        <KeepPart wanted={wanted} chosen={chosen} onBack={onBack} />
      ) : (
        <Button onClick={onBack} className="max-sm:w-full">
          {text.backButton}
        </Button>
      )}
    </>
  )
}

/** A large registry is counted part by part, some seconds. */
function Counting({ share, chosen }: { share: number; chosen: number }) {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        {text.looking}
      </p>
      {share === 0 ? (
        <Skeleton className="h-64 w-full rounded-sheet" />
      ) : (
        <div className="sheet px-5 py-5 sm:px-7">
          <ProgressBar label={text.looking} text={text.soFar(chosen)} at={share} total={1} />
        </div>
      )}
    </div>
  )
}

function KeepPart({ wanted, chosen, onBack }: { wanted: WantedReissue; chosen: number; onBack: () => void }) {
  const router = useRouter()
  const saving = useSaving({ '/reason': { id: 'reason', label: text.reason } }, 'keep')
  // One for this choice: sent again after a lost answer, nothing is kept twice.
  const [attempt] = useState(newUuid)
  const [reason, setReason] = useState('')
  const [pace, setPace] = useState('600')
  const keep = () => {
    if (reason.trim() === '') return saving.fail([{ target: 'reason', message: text.reasonMissing }])
    void saving.run(
      () => call('POST /v3/reissues', { body: { ...wanted, attempt, reason, perMinute: Number(pace) } }),
      ({ reissueId }) => router.push(`${REISSUES}/${reissueId}`),
    )
  }
  return (
    <Card id="keep-title" title={text.keep} lead={text.keepLead}>
      <div id="keep" tabIndex={-1} className="space-y-5 focus-visible:shadow-none">
        <ErrorSummary problems={saving.problems} turn={saving.turn} />
        <TextField
          id="reason"
          label={text.reason}
          hint={text.reasonHint}
          value={reason}
          onChange={setReason}
          lines={2}
          problems={saving.problems}
        />
        {chosen > 1 && (
          <Choices
            legend={text.pace}
            name="pace"
            value={pace}
            onChange={setPace}
            options={PACES.map((n) => ({ value: String(n), label: text.paces[n]!, hint: text.paceHint(n) }))}
          />
        )}
        <div className="flex flex-wrap gap-3 max-sm:flex-col">
          <Button kind="main" busy={saving.busy} onClick={keep}>
            {saving.busy ? text.sending : text.submit(chosen)}
          </Button>
          <Button onClick={onBack} disabled={saving.busy}>
            {text.backButton}
          </Button>
        </div>
      </div>
    </Card>
  )
}
