/** Where the verify page gets keys and status: from our own server, by addresses that say nothing about a person. */
import { ask } from '@/components/public/ask'
import type { StatusAnswer } from '@/lib/verification/answers'
import { issuerKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import type { Sources } from '@/lib/verification/verify'

const KEYS = '/.well-known/did.json'
/** A key that was withdrawn is gone from this page after so long. */
const KEEP_KEYS_MS = 5 * 60_000
/** Somebody waits at a gate: after this the answer is "could not check". */
const PATIENCE_MS = 8_000

/** Sources for one visit of the page. Keys stay in its memory; without a connection the last ones count. */
export function pageSources(own: Sources['own']): Sources {
  let kept: { keys: readonly IssuerKeys[]; at: number } | null = null
  return {
    own,
    async keys(fresh) {
      if (kept && !fresh && Date.now() - kept.at < KEEP_KEYS_MS) return kept.keys
      const keys = await publishedKeys()
      if (keys) kept = { keys, at: Date.now() }
      return keys ?? (fresh ? null : (kept?.keys ?? null))
    },
    async status(certificateId) {
      const path = `/v3/certificates/${encodeURIComponent(certificateId)}/status`
      const answer = await withPatience((signal) => ask<StatusAnswer>('GET', path, { signal }))
      if (answer?.ok) return answer.value
      // Some other 404, of a proxy for example, says nothing.
      return answer?.code === 'NOT_FOUND' ? 'unknown' : null
    },
  }
}

async function publishedKeys(): Promise<readonly IssuerKeys[] | null> {
  const answer = await withPatience((signal) => ask('GET', KEYS, { signal }))
  return answer?.ok ? [issuerKeysOf(answer.value)] : null
}

/** Null when no answer came in time. */
async function withPatience<T>(asked: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    return await asked(signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
