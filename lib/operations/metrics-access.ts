/** Who may read `/metrics`: whoever has METRICS_TOKEN; without that setting only whoever asks from this very machine. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Config } from '@/lib/config'
import { FROM_HERE } from './from-here.mjs'

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

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * What a request to the web server shows. Where people come in by a name of its own, a proxy may stand on this machine, and
 * what comes through it looks as if it came from here: then nothing does.
 */
export function shownBy({ headers }: Pick<Request, 'headers'>, { publicUrl }: Pick<Config, 'publicUrl'>): Shown {
  const isHere = headers.get(FROM_HERE) === 'yes' && LOCAL.has(new URL(publicUrl).hostname)
  return { authorization: headers.get('authorization'), isHere }
}

function hashed(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
