'use client'
/** Find a certificate by the code printed under its QR code. */
import { ArrowRight, Search as SearchIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { DraftList } from '@/components/drafts/draft-list'
import { useFlow, type Search } from '@/components/flow'
import { useHydrated } from '@/components/hydrated'
import { OpenWithReason } from '@/components/openings/open-with-reason'
import { words as openings } from '@/components/openings/words'
import { useHas } from '@/components/place'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { EarlyForm } from '@/components/ui/early-form'
import { ErrorSummary, useErrorTitle } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'
import { ApiError } from '@/lib/api/call'
import { RecentItems } from '@/components/recent/recent-items'
import { OldCertificate } from '@/components/scan/old-certificate'
import { LineageCard } from './lineage-card'
import { useFind } from './use-find'

export function FindPage() {
  const { search } = useFlow()
  const find = useFind()
  const hydrated = useHydrated()
  const worksWithRecords = useHas('operator', 'supervisor')
  const [empty, setEmpty] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  // What was searched for stays to be seen, and the next code takes its place.
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  useErrorTitle(failed(search))

  const submit = () => {
    const typed = field.current?.value ?? ''
    if (typed.trim() === '') return setEmpty((turn) => turn + 1)
    setEmpty(0)
    void find(typed)
  }
  const searching = search.typed !== '' && search.outcome === null
  return (
    <div className="mx-auto max-w-3xl pt-4 pb-12 sm:pt-12">
      <ErrorSummary turn={empty} problems={empty > 0 ? [{ target: 'find-code', message: words.find.empty }] : []} />
      <h1 className={empty > 0 ? 'mt-6' : ''}>{words.find.title}</h1>
      <p className="mt-1 text-ink-2">{words.find.lead}</p>
      <EarlyForm role="search" onSend={submit} noValidate className="mt-6">
        <label htmlFor="find-code" className="font-semibold">
          {words.find.label}
        </label>
        <p id="find-hint" className="text-sm text-ink-3">
          {words.find.hint}
        </p>
        {empty > 0 && (
          <p id="find-error" className="mt-1 text-sm font-semibold text-stop">
            {words.find.empty}
          </p>
        )}
        <div className="mt-2 flex gap-3 max-sm:flex-col">
          <div className="relative flex-1">
            <SearchIcon
              aria-hidden
              className="pointer-events-none absolute start-3.5 top-1/2 size-[1.125rem] -translate-y-1/2 text-ink-3"
            />
            <input
              ref={field}
              id="find-code"
              data-find
              type="text"
              dir="ltr"
              autoComplete="off"
              autoCorrect="off"
              spellCheck={false}
              enterKeyHint="search"
              aria-describedby={empty > 0 ? 'find-hint find-error' : 'find-hint'}
              aria-invalid={empty > 0 || undefined}
              // The browser keeps the value: what is typed before this page works is not lost.
              defaultValue={search.typed}
              className={`numbers min-h-12 w-full rounded-control border bg-sheet ps-11 pe-4 text-lg ${empty > 0 ? 'border-stop' : 'border-edge'}`}
            />
          </div>
          <Button type="submit" kind="main" busy={searching} className="min-h-12 px-8">
            {searching ? words.find.searching : words.find.submit}
            {!searching && <ArrowRight aria-hidden className="size-4 rtl:-scale-x-100" />}
          </Button>
        </div>
      </EarlyForm>
      <div className="mt-3">
        <OldCertificate
          disabled={!hydrated}
          onFound={(certificateId) => {
            setEmpty(0)
            if (field.current) field.current.value = certificateId
            void find(certificateId, true)
          }}
        />
      </div>
      <div aria-live="polite" className="mt-8">
        {search.typed !== '' && <Outcome search={search} onRetry={() => void find(search.typed, search.scanned)} />}
      </div>
      <div className="mt-10 space-y-8 empty:hidden">
        {worksWithRecords && (
          <>
            <DraftList />
            <RecentItems />
          </>
        )}
      </div>
    </div>
  )
}

function Outcome({ search: { typed, scanned, outcome }, onRetry }: { search: Search; onRetry: () => void }) {
  if (outcome === null) {
    return (
      <div className="sheet p-5">
        <span className="sr-only">{words.find.searching}</span>
        <Skeleton className="h-5 w-40" />
        <Skeleton className="mt-3 h-4 w-64 max-w-full" />
      </div>
    )
  }
  if ('error' in outcome) return <Failure error={outcome.error} typed={typed} scanned={scanned} onRetry={onRetry} />
  if (outcome.lineages.length === 0) {
    return (
      <Notice
        kind="warn"
        title={
          <>
            {words.find.notFound[0]}
            <Value ltr>{typed.trim()}</Value>
            {words.find.notFound[1]}
          </>
        }
      >
        <p>{words.find.notFoundNext}</p>
      </Notice>
    )
  }
  const lineages = [...outcome.lineages].sort((a, b) => a.type.localeCompare(b.type) || a.dose - b.dose)
  return (
    <section aria-labelledby="found">
      <h2 id="found" className="text-lg">
        {words.find.several(lineages.length)} <Value ltr>{lineages[0]!.preEnrollmentCode}</Value>
      </h2>
      <ul className="mt-3 space-y-3">
        {lineages.map((lineage) => (
          <li key={`${lineage.type} ${lineage.programId} ${lineage.dose}`}>
            <LineageCard lineage={lineage} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FailureProps {
  error: unknown
  typed: string
  scanned: boolean
  onRetry: () => void
}

function Failure({ error, typed, scanned, onRetry }: FailureProps) {
  const code = codeOf(error)
  if (code === 'NOT_YOUR_FACILITY') {
    return (
      <Notice kind="warn" title={words.find.otherFacility}>
        <OpenWithReason typed={typed} scanned={scanned} onOpened={onRetry} />
      </Notice>
    )
  }
  if (code === 'TOO_MANY_LOOK_UPS') {
    return (
      <Notice kind="stop" live="alert" title={openings.stops.tooMany}>
        <p>{error instanceof ApiError ? error.body.message : ''}</p>
      </Notice>
    )
  }
  if (code === 'TOO_MANY_REQUESTS') {
    return <Notice kind="warn" title={words.find.tooMany(error instanceof ApiError ? error.retryAfter : null)} />
  }
  if (code === 'UNAUTHENTICATED' || code === 'PASSWORD_CHANGE_REQUIRED' || code === 'SECOND_FACTOR_REQUIRED') {
    return (
      <Notice kind="warn" title={words.record.signedOutTitle}>
        <a href="/sign-in" className="link">
          {words.record.signedOut}
        </a>
      </Notice>
    )
  }
  return (
    <Notice kind="stop" title={words.find.unavailable}>
      <Button size="small" className="mt-2" onClick={onRetry}>
        {words.retry}
      </Button>
    </Notice>
  )
}

function failed({ typed, outcome }: Search): boolean {
  return typed !== '' && outcome !== null && ('error' in outcome || outcome.lineages.length === 0)
}
