/** Who may read `/metrics`: whoever has METRICS_TOKEN; without that setting only whoever asks from this very machine. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Config } from '@/lib/config'

/** What a request shows: its header Authorization, and whether it surely comes from this machine (from-here.mjs). */
export interface Shown {
  authorization: string | null | undefined
  isHere: boolean
}

export function mayReadMetrics(
  { metricsToken }: Pick<Config, 'metricsToken'>,
  { authorization, isHere }: Shown,
): boolean {
  if (metricsToken === null) return isHere
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(hashed(given), hashed(metricsToken))
}

function hashed(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
