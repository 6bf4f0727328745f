'use client'
/** One thing that is administered, asked from the registry. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Asked } from '@/components/ui/asked'
import { words } from './words'

/** How such a thing is asked for: what is typed on its page must not change under the hands. */
export const HELD = { staleTime: Infinity, gcTime: 0 } as const

interface LoadedProps<T> {
  asked: UseQueryResult<T>
  listHref: string
  children: (found: T) => ReactNode
}

export function Loaded<T>(props: LoadedProps<T>) {
  return <Asked {...props} words={words} />
}
