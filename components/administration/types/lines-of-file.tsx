'use client'
/** One file in two versions, line by line; long runs of the same lines are folded. */
import { useMemo } from 'react'
import { textOf } from '@/lib/certificate-types/base64'
import { lineDiff, type Line } from '@/lib/certificate-types/line-diff'
import { words } from './words'

/** Lines shown around what differs. */
const AROUND = 3
const SIGN = { same: ' ', removed: '−', added: '+' }
const COLOURS = { same: '', removed: 'bg-stop-soft text-stop', added: 'bg-ok-soft text-ok' }

interface LinesOfFileProps {
  name: string
  /** Texts; null on the side where the file is not. */
  before: string | null
  after: string | null
}

export function LinesOfFile({ name, before, after }: LinesOfFileProps) {
  const runs = useMemo(() => folded(lineDiff(before ?? '', after ?? '')), [before, after])
  return (
    <section className="sheet overflow-hidden">
      <h3 className="border-b border-line px-4 py-2 font-mono text-sm font-semibold" dir="ltr">
        {name}
      </h3>
      <div className="overflow-x-auto py-1" dir="ltr" tabIndex={0} role="region" aria-label={name}>
        <div className="min-w-max font-mono text-xs leading-5">
          {runs.map((run, index) =>
            'hidden' in run ? (
              <p key={index} className="bg-mute-soft px-4 py-0.5 text-mute">
                {words.compare.hidden(run.hidden)}
              </p>
            ) : (
              <p key={index} className={`flex whitespace-pre ${COLOURS[run.kind]}`}>
                <span aria-hidden className="numbers w-12 shrink-0 pe-2 text-end text-ink-3 select-none">
                  {run.before ?? ''}
                </span>
                <span aria-hidden className="numbers w-12 shrink-0 pe-3 text-end text-ink-3 select-none">
                  {run.after ?? ''}
                </span>
                <span className="pe-4">
                  {SIGN[run.kind]} {run.text}
                </span>
              </p>
            ),
          )}
        </div>
      </div>
    </section>
  )
}

/** The text of a file that is one; null for pictures. */
export function readable(name: string, base64: string): string | null {
  return name.endsWith('.png') ? null : textOf(base64)
}

function folded(lines: Line[]): (Line | { hidden: number })[] {
  const near = lines.map(() => false)
  lines.forEach(({ kind }, at) => {
    if (kind !== 'same') near.fill(true, Math.max(0, at - AROUND), at + AROUND + 1)
  })
  const runs: (Line | { hidden: number })[] = []
  lines.forEach((line, at) => {
    const last = runs.at(-1)
    if (near[at]) runs.push(line)
    else if (last && 'hidden' in last) last.hidden += 1
    else runs.push({ hidden: 1 })
  })
  return runs
}
