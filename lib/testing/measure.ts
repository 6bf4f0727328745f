/** Measuring for benchmarks: medians, and a markdown table. */

/** Runs `work` repeatedly for about `seconds` after a warm-up and gives the times of single runs in milliseconds, sorted. */
export async function timesOf(work: () => unknown, seconds = 3, warmUp = 5): Promise<number[]> {
  for (let n = 0; n < warmUp; n++) await work()
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)
}

/** The value below which `part` (0 to 1) of the sorted times lie. */
export function quantile(times: number[], part: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * part))]!
}

/** A row: median and 95th percentile in milliseconds, and how many one after the other make in a second. */
export function row(name: string, times: number[]): string[] {
  const median = quantile(times, 0.5)
  return [name, median.toFixed(2), quantile(times, 0.95).toFixed(2), (1000 / median).toFixed(0)]
}

/** Prints a Markdown table whose columns stand below each other. */
export function printTable(head: string[], rows: string[][]): void {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((cells) => [...cells[at]!].length)))
  const padded = (text: string, at: number) => text + ' '.repeat(widths[at]! - [...text].length)
  const line = (cells: string[]) => `| ${cells.map(padded).join(' | ')} |`
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'))
}
