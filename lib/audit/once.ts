/** What was written a moment ago is not written again: a page that polls is one look. */

/** Entries a process remembers; beyond them the oldest are forgotten, and written once more when they come again. */
const MOST = 50_000

interface Noted {
  until: number
  /** Who comes second waits for the one that writes. */
  written: Promise<void>
}

/** Remembers per process what was written, by key, for so many milliseconds. A second process writes a second line at most. */
export class Once {
  private readonly noted = new Map<string, Noted>()

  constructor(private readonly milliseconds: number) {}

  /** Calls `write` unless the same was written within the time; a failure is everybody's who waits, and is not remembered. */
  async do(key: string, now: number, write: () => Promise<void>): Promise<void> {
    const before = this.noted.get(key)
    if (before && before.until > now) return before.written
    const written = write()
    this.noted.delete(key)
    this.noted.set(key, { until: now + this.milliseconds, written })
    if (this.noted.size > MOST) this.noted.delete(this.noted.keys().next().value!)
    try {
      await written
    } catch (error) {
      if (this.noted.get(key)?.written === written) this.noted.delete(key)
      throw error
    }
  }

  get size(): number {
    return this.noted.size
  }
}
