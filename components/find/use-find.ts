'use client'
/** Looking up what was typed: one dose opens at once, several are listed. The code stays in memory, never in an address. */
import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useCallback, useRef } from 'react'
import { useFlow } from '@/components/flow'
import { certificateOf, lookUp, lookUpNumber } from './look-up'

/**
 * A function that searches for the typed text, or for the certificate number that was scanned, and shows what was found:
 * the certificate itself, or the find page.
 */
export function useFind(): (typed: string, scanned?: boolean) => Promise<void> {
  const { setSearch } = useFlow()
  const router = useRouter()
  const pathname = usePathname()
  const queries = useQueryClient()
  const latest = useRef(0)
  return useCallback(
    async (typed, scanned = false) => {
      const turn = ++latest.current
      setSearch({ typed, scanned, outcome: null })
      if (pathname !== '/') router.push('/')
      try {
        const found = await (scanned ? lookUpNumber(typed) : lookUp(typed))
        if (turn !== latest.current) return
        setSearch({ typed, scanned, outcome: found })
        const only = found.lineages.length === 1 ? certificateOf(found.lineages[0]!) : undefined
        if (only) {
          await queries.invalidateQueries({ queryKey: ['certificate', only] })
          router.push(`/certificates/${only}`)
        }
      } catch (error) {
        if (turn === latest.current) setSearch({ typed, scanned, outcome: { error } })
      }
    },
    [setSearch, router, pathname, queries],
  )
}
