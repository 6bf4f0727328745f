/** Whether this process was told to end, and what is to be done at that moment. */

interface End {
  isNear: boolean
  work: Set<() => unknown>
}

/** One for the process, however often a module is loaded. */
const kept = globalThis as typeof globalThis & { errataEnd?: End }

/** True from the moment at which the process is told to end. */
export function isEnding(): boolean {
  return kept.errataEnd?.isNear ?? false
}

/**
 * Does `work` when the process is told to end; the same function only once. Somebody else has to end it: where nobody listens to the signal already,
 * a listener of ours would only keep the process alive, and nothing is done.
 */
export function atEnd(work: () => unknown): void {
  if (!kept.errataEnd) {
    if (process.listenerCount('SIGTERM') === 0) return
    const end: End = { isNear: false, work: new Set() }
    kept.errataEnd = end
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        end.isNear = true
        for (const one of end.work) void one()
      })
    }
  }
  kept.errataEnd.work.add(work)
}
