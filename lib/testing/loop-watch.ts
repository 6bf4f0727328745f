/** How long the event loop stands still, for benchmarks: by the clock, and how much of it was work. */
import { existsSync, readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 1
/** Of the main thread: nanoseconds on a processor come first. */
const TIMES = '/proc/self/schedstat'

/** Milliseconds. */
export interface StandStill {
  clock: number
  /**
   * In which this thread worked. The rest it waited, for a processor that others had or for helpers of the garbage
   * collector. As long as the clock's where the system does not say.
   */
  worked: number
}

/** Looks at every turn of the event loop from when it is made. */
export class LoopWatch {
  private most: StandStill = { clock: 0, worked: 0 }
  private last = times()
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS)

  /** The longest turn, and the one with most work, since it was asked before. */
  longest(): StandStill {
    this.look()
    const found = this.most
    this.most = { clock: 0, worked: 0 }
    return found
  }

  end(): void {
    clearInterval(this.timer)
  }

  private look(): void {
    const now = times()
    const clock = Math.max(0, now.clock - this.last.clock - LOOK_EVERY_MS)
    const worked = Math.min(clock, now.worked - this.last.worked)
    this.most = { clock: Math.max(clock, this.most.clock), worked: Math.max(worked, this.most.worked) }
    this.last = now
  }
}

function times(): StandStill {
  const clock = performance.now()
  // What the thread did since the system's last tick is counted when its process asks for its own times.
  process.cpuUsage()
  return { clock, worked: existsSync(TIMES) ? Number(readFileSync(TIMES, 'utf8').split(' ')[0]) / 1e6 : clock }
}
