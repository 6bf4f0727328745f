/** What is counted, logged and traced of a claim: how long its steps took, and what became of each transaction. */
import { log } from '@/lib/log'
import { metrics } from '@/lib/operations/metrics'
import { notePast, type PastSpan } from '@/lib/operations/tracing'
import { noteFailed, type Failed } from './failing'
import type { Claimed } from './store-issue'

/** What came of a transaction: `lost` to another worker, or ended for good with a code, and with it what waited for it. */
export type Outcome = 'issued' | 'postponed' | 'lost' | { code: string; along: readonly Failed[] }

export type WatchedStep = 'claim' | 'sign' | 'write' | 'read_back' | 'commit'

/** Of one claim, from the moment at which it is made. */
export class ClaimWatch {
  private readonly began = clock()
  private last = this.began
  private readonly steps: PastSpan[] = []
  private readonly signed = new Map<string, PastSpan>()

  /** A step of the whole claim has come to its end. */
  step(name: WatchedStep): void {
    const until = clock()
    metrics.issueStepSeconds.observe({ step: name }, (until - this.last) / 1000)
    this.steps.push({ name: `issue ${name}`, from: this.last, until })
    this.last = until
  }

  /** Measures the signing of one transaction. */
  async signing<T>({ id }: Claimed, work: () => Promise<T>): Promise<T> {
    const from = clock()
    try {
      return await work()
    } finally {
      const until = clock()
      metrics.signSeconds.observe((until - from) / 1000)
      this.signed.set(id, { name: 'sign', from, until })
    }
  }

  /** What came of a transaction is written. */
  ended(transaction: Claimed, outcome: Outcome): void {
    const { id: transactionId, requestId, type, kind, sandbox, acceptedAt } = transaction
    const ms = Math.max(0, Date.now() - acceptedAt.getTime())
    // Another worker has it, which says what came of it.
    if (outcome === 'lost') return
    if (outcome === 'postponed') metrics.postponed.inc()
    else if (outcome === 'issued') {
      if (!sandbox) {
        metrics.issued.inc({ type, kind })
        metrics.waitedSeconds.observe({ kind }, ms / 1000)
      }
      log().info({ transactionId, requestId, ms }, 'issued')
    } else {
      noteFailed([{ transactionId, requestId, code: outcome.code }], { ms })
      noteFailed(outcome.along)
    }
    this.trace(transaction, typeof outcome === 'string' ? outcome : outcome.code)
  }

  private trace(transaction: Claimed, outcome: string): void {
    const attributes = {
      'errata.transaction_id': transaction.id,
      'errata.attempt': transaction.attempts,
      ...(transaction.requestId ? { 'errata.request_id': transaction.requestId } : {}),
      'errata.outcome': outcome,
    }
    const own = this.signed.get(transaction.id)
    const past = { name: `issue ${transaction.kind}`, from: this.began, until: this.last, attributes }
    notePast(past, { parent: transaction.traceparent, kind: 'consumer' }, own ? [...this.steps, own] : this.steps)
  }
}

/** Milliseconds since 1970, with fractions, that no change of the clock turns back. */
function clock(): number {
  return performance.timeOrigin + performance.now()
}
