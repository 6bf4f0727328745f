'use client'
/** What a recall would do, before it is proposed: numbers, sentences, the first certificates, and the button. */
import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { Card } from '@/components/administration/card'
import { useSaving } from '@/components/administration/use-saving'
import { newUuid } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { CertificateNumber, Value } from '@/components/ui/value'
import { StateTag } from '@/components/ui/tag'
import { words as shared } from '@/components/words'
import { ApiError, call } from '@/lib/api/call'
import type { RecallPreview } from '@/lib/recalls/answers'
import { Consequences } from './consequences'
import { CountsBreakdown } from './counts-card'
import { usePreviewOf, type WantedRecall } from './use-recalls'
import { words } from './words'

interface PreviewPartProps {
  wanted: WantedRecall
  reason: string
  onBack?: () => void
  /** Between the numbers and the button. */
  children?: ReactNode
}

const text = words.preview

export function PreviewPart({ wanted, reason, onBack, children }: PreviewPartProps) {
  const asked = usePreviewOf(wanted)
  if (asked.data) return <Found preview={asked.data} {...{ wanted, reason, onBack, children }} />
  if (!asked.isError) return <PreviewSkeleton />
  const isRefused = asked.error instanceof ApiError && asked.error.status < 500
  return (
    <Notice kind="stop" live="alert" title={isRefused ? asked.error.message : words.unavailable}>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={() => void asked.refetch()}>
          {shared.retry}
        </Button>
        {onBack && (
          <Button size="small" onClick={onBack}>
            {text.back}
          </Button>
        )}
      </div>
    </Notice>
  )
}

function Found({ preview, wanted, reason, onBack, children }: PreviewPartProps & { preview: RecallPreview }) {
  const router = useRouter()
  const saving = useSaving({ '/reason': { id: 'reason', label: words.form.reason } }, 'propose')
  // One for this preview: sent again after a lost answer, nothing is proposed twice.
  const [attempt] = useState(newUuid)
  const { counts, action, until } = preview
  const propose = () =>
    void saving.run(
      () => call('POST /v3/recalls', { body: { ...wanted, reason, attempt } }),
      ({ recallId }) => router.push(`/recalls/${recallId}`),
    )
  return (
    <div className="space-y-6">
      <ErrorSummary problems={saving.problems} turn={saving.turn} />
      {preview.open.length > 0 && (
        <Notice kind="warn" title={text.open}>
          {preview.open.map((recallId) => (
            <Link key={recallId} href={`/recalls/${recallId}`} className="link me-4 inline-block py-1">
              {text.openLink}
            </Link>
          ))}
        </Notice>
      )}
      {counts.covered === 0 ? (
        <Notice kind="warn" title={action === 'lift' ? text.noneLift : text.none(preview.criteria.batch)}>
          {action !== 'lift' && <p>{text.noneNext}</p>}
        </Notice>
      ) : (
        <Card id="covered" title={words.certificates(counts.covered)} lead={text.nothingYet}>
          <Consequences action={action} counts={counts} until={until} />
          <div className="mt-6 border-t border-line pt-5">
            <CountsBreakdown counts={counts} action={action} />
          </div>
        </Card>
      )}
      {preview.elsewhere.length > 0 && (
        <Notice kind="info" title={text.elsewhere}>
          <ul className="mt-1 list-disc ps-5">
            {preview.elsewhere.map(({ count, vaccine, manufacturer }) => (
              <li key={`${vaccine} ${manufacturer}`}>{text.elsewhereLine(count, vaccine, manufacturer)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {preview.rows.length > 0 && <FirstRows preview={preview} />}
      {children}
      <div id="propose" tabIndex={-1} className="flex flex-wrap gap-3 focus-visible:shadow-none max-sm:flex-col">
        {counts.covered > 0 && (
          <Button kind="main" busy={saving.busy} onClick={propose}>
            {saving.busy ? text.sending : text.submit(counts.covered)}
          </Button>
        )}
        {onBack && (
          <Button onClick={onBack} disabled={saving.busy}>
            {text.back}
          </Button>
        )}
      </div>
    </div>
  )
}

function FirstRows({ preview: { rows, counts } }: { preview: RecallPreview }) {
  return (
    <Card id="first-rows" title={text.first(rows.length, counts.covered)}>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.certificateId} className="py-2">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <CertificateNumber id={row.certificateId} strong />
              <StateTag state={row.state} />
            </div>
            <Facts className="text-sm text-ink-2">
              <span>
                <Value ltr>{row.preEnrollmentCode}</Value>
              </span>
              <span>{shared.dose(row.dose)}</span>
              <span>
                <Value>{row.initials}</Value>
              </span>
              <span>
                <Value>{row.facility.name}</Value>
              </span>
            </Facts>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function PreviewSkeleton() {
  return (
    <div aria-busy className="space-y-4">
      <p role="status" className="sr-only">
        {words.form.looking}
      </p>
      <Skeleton className="h-64 w-full rounded-sheet" />
      <Skeleton className="h-40 w-full rounded-sheet" />
    </div>
  )
}
