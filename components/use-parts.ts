'use client'
/** What the registry counts part by part, so that no answer takes longer than another: asked for until all of it is there. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useEffect } from 'react'

export interface Part {
  /** How much of the registry was looked through with this part, from 0 to 1. */
  share: number
  next: string | null
}

/** The parts that are there. `isWhole`: these are all. */
export function useParts<Of extends Part>(key: readonly unknown[], ask: (after: string | null) => Promise<Of>) {
  const asked = useInfiniteQuery<Of, Error, InfiniteData<Of>, readonly unknown[], string | null>({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    gcTime: 0,
    staleTime: Infinity,
  })
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = asked
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [hasNextPage, isFetching, error, fetchNextPage])
  const parts = data?.pages ?? []
  return {
    parts,
    share: parts.at(-1)?.share ?? 0,
    isWhole: parts.length > 0 && !hasNextPage,
    error,
    /** Goes on after an error. */
    again: () => void (parts.length > 0 ? fetchNextPage() : refetch()),
  }
}
