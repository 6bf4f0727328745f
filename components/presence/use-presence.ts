'use client'
/** Tells the registry that a correction is open here, and hears who else has it open. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useBrought } from '@/components/brought'
import { call } from '@/lib/api/call'
import type { PresenceAnswer } from '@/lib/desk/answers'

const EVERY = 30_000
/** From the form to the check and back nobody has left. */
const GRACE = 1500

/** Departures that were not told yet, by certificate. */
const leaving = new Map<string, () => void>()

/** Who else has the correction of this certificate open; undefined until it is known. `here`: so have we. */
export function usePresence(certificateId: string, here: boolean, enabled = true): PresenceAnswer | undefined {
  useEffect(() => {
    if (!here) return
    leaving.get(certificateId)?.()
    const leave = () => {
      // Nobody waits for the answer: without it we are gone after two minutes.
      void call('DELETE /v3/certificates/{certificateId}/presence', {
        params: { certificateId },
        keepalive: true,
      }).catch(() => {})
    }
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      const timer = setTimeout(() => {
        leaving.delete(certificateId)
        leave()
      }, GRACE)
      leaving.set(certificateId, () => clearTimeout(timer))
    }
  }, [certificateId, here])
  const brought = useBrought('GET /v3/certificates/{certificateId}/presence', { params: { certificateId } })
  return useQuery({
    ...(here ? {} : brought),
    queryKey: ['presence', certificateId, here],
    queryFn: () =>
      call(here ? 'PUT /v3/certificates/{certificateId}/presence' : 'GET /v3/certificates/{certificateId}/presence', {
        params: { certificateId },
      }),
    enabled,
    refetchInterval: EVERY,
    refetchIntervalInBackground: true,
    gcTime: 0,
    retry: false,
  }).data
}
