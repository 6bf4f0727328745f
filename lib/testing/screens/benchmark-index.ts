/** How fast a processor is, as Lighthouse says it: figures of different hours are compared by it. */
import type { Page } from '@playwright/test'

const MEASURED_MS = 500

/**
 * Lighthouse's BenchmarkIndex (core/lib/page-functions.js): tens of strings of 10,000 letters put together in a second, and
 * tens of arrays of 100,000 numbers copied in a second; the mean of both. A phone of the middle has 125 to 800.
 */
export function benchmarkIndex(page: Page): Promise<number> {
  return page.evaluate((ms) => {
    const tensInASecond = (work: (turn: number) => void) => {
      const begun = performance.now()
      let turns = 0
      while (performance.now() - begun < ms) work(turns++)
      return turns / 10 / ((performance.now() - begun) / 1000)
    }
    const strings = tensInASecond(() => {
      let text = ''
      for (let n = 0; n < 10_000; n++) text += 'a'
      if (text.length === 1) throw new Error('Here only so that the text is made.')
    })
    const one = Array.from({ length: 100_000 }, (_, n) => n)
    const other = [...one]
    const copies = tensInASecond((turn) => {
      const [from, to] = turn % 10 === 0 ? [one, other] : [other, one]
      for (let n = 0; n < from.length; n++) to[n] = from[n]!
    })
    return Math.round((strings + copies) / 2)
  }, MEASURED_MS)
}
