/** What a run says at its end: the faults with the time to recovery, the requests with their answers, what is broken. */
import type { Checked } from './check'
import type { Struck } from './faults'
import type { Entry } from './journal'
import { recoveryAfter, type Sample } from './meter'
import type { Violation } from './tables'

const MOST_ROWS = 5

export interface Outcome {
  seed: number
  faults: Struck[]
  entries: Entry[]
  skipped: number
  messages: number
  /** How often each kind of work was done by people. */
  work: Record<string, number>
  /** Messages to a source system that came in, those that it did not take included. */
  received: number
  samples: Sample[]
  /** Milliseconds from the end of the load until nothing waited. */
  settledAfter: number
  looked: Checked['looked']
  broken: Violation[]
}

export function reportOf(outcome: Outcome): string {
  const { seed, broken } = outcome
  const verdict =
    broken.length === 0
      ? `All invariants hold (seed ${seed}).`
      : `${broken.length} invariants are broken (seed ${seed}):\n\n${broken.map(sentenceOf).join('\n\n')}`
  return [faultTable(outcome), countTable(outcome), verdict].join('\n\n')
}

function faultTable({ faults, samples }: Outcome): string {
  const rows = [...faults]
    .sort((a, b) => a.from - b.from)
    .map(({ name, target, from, until, problem }) => {
      const recovery = recoveryAfter(until, samples)
      const after = problem ?? (recovery === null ? 'nothing was left to issue' : seconds(recovery))
      return [seconds(from), `${name} (${target + 1})`, seconds(until - from), after]
    })
  return table(['at', 'fault', 'lasted', 'issuing again after'], rows)
}

function countTable(outcome: Outcome): string {
  const { entries, skipped, messages, work, received, samples, settledAfter, looked } = outcome
  const attempts = entries.flatMap((entry) => entry.attempts)
  const counts = new Map<string, number>()
  for (const { status, code } of attempts) {
    const name =
      status === 200 ? 'answered 200' : status === null ? `no answer (${code})` : `answered ${status} ${code}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const answered = attempts.flatMap(({ status, ms }) => (status === 200 ? [ms] : [])).sort((a, b) => a - b)
  const rows = [
    ['requests', String(entries.length)],
    ['steps about nobody known yet', String(skipped)],
    ...[...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => [name, String(count)]),
    [
      '200 after, median and worst',
      `${seconds(answered[answered.length >> 1] ?? 0)}, ${seconds(answered.at(-1) ?? 0)}`,
    ],
    ['messages of another component', String(messages)],
    ...Object.entries(work).map(([name, times]) => [`work of people: ${name}`, String(times)]),
    ['messages to a source system, and how often one came', `${looked.told}, ${received}`],
    ['accepted in the tables', String(looked.requests)],
    ['certificates issued, each proof checked', String(looked.certificates)],
    ['events of the outbox, deliveries on the brokers', `${looked.events}, ${looked.deliveries}`],
    ['most that waited', String(Math.max(0, ...samples.map(({ pending }) => pending)))],
    ['nothing waited any more after', seconds(settledAfter)],
  ]
  return table(['what', 'how many'], rows)
}

function sentenceOf({ invariant, rows }: Violation): string {
  const shown = rows.slice(0, MOST_ROWS).map((row) => `  ${typeof row === 'string' ? row : JSON.stringify(row)}`)
  const more = rows.length > MOST_ROWS ? [`  and ${rows.length - MOST_ROWS} more`] : []
  return [`${invariant}:`, ...shown, ...more].join('\n')
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)))
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
