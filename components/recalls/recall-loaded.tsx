'use client'
/** One recall asked from the registry: its page, a skeleton, or why it cannot be shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Asked } from '@/components/ui/asked'
import type { RecallAnswer } from '@/lib/recalls/answers'
import { words } from './words'

interface RecallLoadedProps {
  asked: UseQueryResult<RecallAnswer>
  children: (recall: RecallAnswer) => ReactNode
}

export function RecallLoaded(props: RecallLoadedProps) {
  return <Asked {...props} listHref="/recalls" words={words} className="mx-auto max-w-3xl" />
}
