/** Finding certificates by what was typed, one attempt after the other. */
import { readCertificate } from '@/components/registry'
import { ApiError, call } from '@/lib/api/call'
import type { LineageView } from '@/lib/api/contract'
import { attemptsFor, type Attempt } from './attempts'

export interface Found {
  /** All doses that belong to what was typed; empty when there are none. */
  lineages: LineageView[]
  /** What was typed is the number of a certificate that was replaced since. */
  replaced: { certificateId: string; at: string | null } | null
}

/**
 * What belongs to the typed text. An attempt that finds something of another facility does not end the search: a later
 * one may find the own certificate that was meant. When none does, its refusal is thrown.
 */
export async function lookUp(typed: string): Promise<Found> {
  let closed: ApiError | null = null
  for (const attempt of attemptsFor(typed)) {
    try {
      const found = await tried(attempt)
      if (found) return found
    } catch (error) {
      if (!(error instanceof ApiError) || error.body.code !== 'NOT_YOUR_FACILITY') throw error
      closed ??= error
    }
  }
  if (closed) throw closed
  return { lineages: [], replaced: null }
}

/** What belongs to a certificate number that was scanned. A number is never taken for somebody's code. */
export async function lookUpNumber(certificateId: string): Promise<Found> {
  return (await byNumber(certificateId)) ?? { lineages: [], replaced: null }
}

/** The certificate that a dose leads to: the current one, else the last there was. */
export function certificateOf({ current, history }: LineageView): string | undefined {
  return current?.certificateId ?? history[0]?.certificateId
}

async function tried(attempt: Attempt): Promise<Found | null> {
  if ('certificateId' in attempt) return byNumber(attempt.certificateId)
  const { lineages } = await call('GET /v3/certificates', { query: attempt })
  return lineages.length > 0 ? { lineages, replaced: null } : null
}

async function byNumber(certificateId: string): Promise<Found | null> {
  try {
    const { lineage, state, supersededAt } = await readCertificate(certificateId)
    return { lineages: [lineage], replaced: state === 'superseded' ? { certificateId, at: supersededAt } : null }
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
