/** One measurement: requests sent in some rhythm, and what became of every single one. */

const SETTLED_WITHIN_MS = 60_000

/**
 * @param {(send: (intended: number) => Promise<unknown>) => Promise<void>} arrivals
 * @param {() => Promise<{ status: number, code: string | null, results: object[] }>} ask sends the next request
 * @param {{ expect: Function, settled: Function }} watch as watchIssued() gives it
 * @param {number} [items] of one request
 */
export async function measured(arrivals, ask, watch, items = 1) {
  const accepted = []
  const counts = { sent: 0, accepted: 0, refused: 0, failed: 0, unanswered: 0 }
  const codes = new Map()
  const start = performance.now()
  await arrivals(async (intended) => {
    counts.sent += items
    const { status, code, results } = await ask()
    const answered = performance.now()
    for (const { status: became, transactionId } of results) {
      if (became !== 'accepted') continue
      counts.accepted++
      accepted.push(answered - intended)
      watch.expect(transactionId, intended)
    }
    const others = items - results.filter((result) => result.status === 'accepted').length
    if (others === 0) return
    const why = code ?? results.find((result) => result.status !== 'accepted')?.status ?? String(status)
    codes.set(why, (codes.get(why) ?? 0) + others)
    if (status === 0) counts.unanswered += others
    else counts.refused += others
  })
  const sentFor = performance.now() - start
  const { latencies: issued, last, left } = await watch.settled(SETTLED_WITHIN_MS)
  return {
    ...counts,
    codes,
    issued: issued.length,
    failed: left.failed,
    /** Accepted, and neither issued nor failed with a reason. */
    lost: left.lost,
    acceptedPerSecond: (counts.accepted * 1000) / sentFor,
    /** From the first request to the last certificate: what was sent and what of it was still waiting. */
    issuedPerSecond: issued.length === 0 ? 0 : (issued.length * 1000) / (last - start),
    /** How long after everything was sent and answered the last certificate came. */
    behindMs: issued.length === 0 ? 0 : Math.max(0, last - start - sentFor),
    acceptedMs: quantiles(accepted),
    issuedMs: quantiles(issued),
  }
}

/** Milliseconds within which half and 99 of 100 were done; null where there was nothing. */
export function quantiles(times) {
  if (times.length === 0) return null
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  return { p50: at(0.5), p99: at(0.99) }
}
