'use client'
/** The last checks of samples of certificates, and beginning one now. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { call } from '@/lib/api/call'
import { CheckEntry } from './check-entry'
import { CHECKS_KEY, useChecks } from './use-checks'
import { words } from './words'

export function ChecksPage() {
  const asked = useChecks()
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: () => call('POST /v3/checks'),
    onSuccess: () => queries.invalidateQueries({ queryKey: CHECKS_KEY }),
  })
  const last = asked.data?.checks[0]
  const isRunning = last?.finishedAt === null
  return (
    <>
      <PageHeading
        title={words.title}
        lead={
          <>
            {words.lead} {asked.data && words.nightly(asked.data.hour, asked.data.size)}
          </>
        }
        aside={
          <Button
            kind="main"
            className="max-sm:w-full"
            busy={start.isPending || isRunning}
            disabled={!asked.data}
            onClick={() => start.mutate()}
          >
            {!isRunning && <ShieldCheck aria-hidden className="size-4" />}
            {isRunning ? words.starting : words.start}
          </Button>
        }
      />
      <p role="status" className="sr-only">
        {start.isSuccess && last?.finishedAt ? words.told(last.problems.length) : isRunning ? words.starting : ''}
      </p>
      {start.isError && <Notice kind="stop" live="alert" title={words.notStarted} className="mt-6" />}
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-6">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div aria-busy className="mt-6">
          <span className="sr-only">{shared.loading}</span>
          <Skeleton className="h-40 w-full rounded-sheet" />
        </div>
      )}
      {asked.data?.checks.length === 0 && (
        <div className="sheet mt-6 px-6 py-10 text-center">
          <p className="font-semibold">{words.none}</p>
          <p className="mt-1 text-ink-2">{words.noneNext}</p>
        </div>
      )}
      {asked.data && asked.data.checks.length > 0 && (
        <ul className="sheet mt-6 divide-y divide-line">
          {asked.data.checks.map((check) => (
            <CheckEntry key={check.checkId} check={check} />
          ))}
        </ul>
      )}
    </>
  )
}
