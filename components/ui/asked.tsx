'use client'
/** One thing asked from the registry: the page for it, its skeleton, or why it cannot be shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { codeOf } from '@/components/registry'
import { words as shared } from '@/components/words'
import { Button, buttonClass } from './button'
import { Link } from './link'
import { ProblemPage } from './problem-page'
import { Skeleton } from './skeleton'

interface AskedProps<T> {
  asked: UseQueryResult<T>
  /** Where the way back leads. */
  listHref: string
  words: { gone: string; unavailable: string; back: string; goneNext?: string }
  /** Of the skeleton. */
  className?: string
  children: (found: T) => ReactNode
}

export function Asked<T>({ asked, listHref, words, className = '', children }: AskedProps<T>) {
  if (asked.data !== undefined) return children(asked.data)
  if (!asked.isError) {
    return (
      <div aria-busy className={`space-y-4 ${className}`}>
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
          <Link href={listHref} className={buttonClass('second')}>
            {words.back}
          </Link>
        </>
      }
    >
      {isGone && words.goneNext ? <p>{words.goneNext}</p> : null}
    </ProblemPage>
  )
}
