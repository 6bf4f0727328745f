/** Group commit and its like: whoever comes while the same work is under way for others shares the next round of it. */

/** After so long a round holds up nobody any more: the next one begins beside it. */
const PATIENCE_MS = 50

/**
 * Work that is done for several at once. Who comes first begins at once and alone; who comes meanwhile waits for the next
 * round. A round sees only who was there before it began: what it reads is never older than anybody's question.
 */
export class Together<Part, Outcome> {
  private waiting: Joined<Part, Outcome>[] = []
  private underWay = 0

  /**
   * @param work answers one outcome for each part, in their order; what it throws is everybody's of that round
   * @param pick how many parts of those that wait, in order, may share a round: true = this one too
   */
  constructor(
    private readonly work: (parts: Part[]) => Promise<Outcome[]>,
    private readonly pick: (part: Part, taken: Part[]) => boolean = () => true,
  ) {}

  join(part: Part): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ part, resolve, reject })
      if (this.underWay === 0) this.begin()
    })
  }

  private begin(): void {
    const taken: Joined<Part, Outcome>[] = []
    const parts: Part[] = []
    this.waiting = this.waiting.filter((one) => {
      if (parts.length > 0 && !this.pick(one.part, parts)) return true
      taken.push(one)
      parts.push(one.part)
      return false
    })
    this.underWay++
    let counts = true
    const over = () => {
      if (!counts) return
      counts = false
      this.underWay--
      if (this.underWay === 0 && this.waiting.length > 0) this.begin()
    }
    const patience = setTimeout(over, PATIENCE_MS)
    void this.round(taken, parts).finally(() => {
      clearTimeout(patience)
      over()
    })
  }

  private async round(taken: Joined<Part, Outcome>[], parts: Part[]): Promise<void> {
    try {
      const outcomes = await this.work(parts)
      taken.forEach(({ resolve }, at) => resolve(outcomes[at]!))
    } catch (error) {
      for (const { reject } of taken) reject(error)
    }
  }
}

interface Joined<Part, Outcome> {
  part: Part
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}
