'use client'
/** One thing asked from the registry: the page for it, its skeleton, or why it cannot be shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { codeOf } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { ProblemPage } from '@/components/ui/problem-page'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { words } from './words'

interface LoadedProps<T> {
  asked: UseQueryResult<T>
  listHref: string
  children: (found: T) => ReactNode
}

export function Loaded<T>({ asked, listHref, children }: LoadedProps<T>) {
  if (asked.data !== undefined) return children(asked.data)
  if (!asked.isError) {
    return (
      <div aria-busy className="space-y-4">
        <span className="sr-only">{shared.loading}</span>
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-64 w-full rounded-sheet" />
      </div>
    )
  }
  const isGone = codeOf(asked.error) === 'NOT_FOUND'
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
          <Link href={listHref} className={buttonClass('second')}>
            {words.back}
          </Link>
        </>
      }
    >
      {null}
    </ProblemPage>
  )
}
