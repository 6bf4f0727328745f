/** How many lines a minute somebody unknown gets in the log: whoever tries thousands of names or tokens cannot fill it. */

const MINUTE = 60_000
const MOST = 60

/** Counts per process. */
export class Limit {
  private minute = 0
  private count = 0

  /** Takes one of this minute; false when they are used up. */
  take(at: Date): boolean {
    const minute = Math.floor(at.getTime() / MINUTE)
    if (this.minute !== minute) [this.minute, this.count] = [minute, 0]
    this.count += 1
    return this.count <= MOST
  }
}
