'use client'
/** One recall asked from the registry: its page, a skeleton, or why it cannot be shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { codeOf } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { ProblemPage } from '@/components/ui/problem-page'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import type { RecallAnswer } from '@/lib/recalls/answers'
import { words } from './words'

interface RecallLoadedProps {
  asked: UseQueryResult<RecallAnswer>
  children: (recall: RecallAnswer) => ReactNode
}

export function RecallLoaded({ asked, children }: RecallLoadedProps) {
  if (asked.data !== undefined) return children(asked.data)
  if (!asked.isError) {
    return (
      <div aria-busy className="mx-auto max-w-3xl space-y-4">
        <span className="sr-only">{shared.loading}</span>
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-64 w-full rounded-sheet" />
      </div>
    )
  }
  const isGone = ['NOT_FOUND', 'NOT_YOUR_FACILITY'].includes(codeOf(asked.error))
  return (
    <ProblemPage
      title={isGone ? words.gone : words.unavailable}
      actions={
        <>
          {!isGone && (
            <Button kind="main" onClick={() => void asked.refetch()}>
              {shared.retry}
            </Button>
          )}
          <Link href="/recalls" className={buttonClass('second')}>
            {words.back}
          </Link>
        </>
      }
    >
      {isGone && <p>{words.goneNext}</p>}
    </ProblemPage>
  )
}
