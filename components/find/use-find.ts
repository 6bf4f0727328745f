'use client'
/** Looking up what was typed: one dose opens at once, several are listed. The code stays in memory, never in an address. */
import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useCallback, useRef } from 'react'
import { useFlow } from '@/components/flow'
import { certificateOf, lookUp } from './look-up'

/** A function that searches for the typed text and shows what was found: the certificate itself, or the find page. */
export function useFind(): (typed: string) => Promise<void> {
  const { setSearch } = useFlow()
  const router = useRouter()
  const pathname = usePathname()
  const queries = useQueryClient()
  const latest = useRef(0)
  return useCallback(
    async (typed) => {
      const turn = ++latest.current
      setSearch({ typed, outcome: null })
      if (pathname !== '/') router.push('/')
      try {
        const found = await lookUp(typed)
        if (turn !== latest.current) return
        setSearch({ typed, outcome: found })
        const only = found.lineages.length === 1 ? certificateOf(found.lineages[0]!) : undefined
        if (only) {
          await queries.invalidateQueries({ queryKey: ['certificate', only] })
          router.push(`/certificates/${only}`)
        }
      } catch (error) {
        if (turn === latest.current) setSearch({ typed, outcome: { error } })
      }
    },
    [setSearch, router, pathname, queries],
  )
}
