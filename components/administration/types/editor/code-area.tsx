'use client'
/** A text with numbered lines, and a mark at each line where something is wrong. */
import { useEffect, useRef } from 'react'
import { words } from '../words'

/** Of one line, in pixels: the numbers stand beside their lines. */
const LINE = 20

export interface LineProblem {
  line: number
  message: string
}

interface CodeAreaProps {
  id: string
  name: string
  text: string
  onChange: (text: string) => void
  problems: LineProblem[]
  /** Line to go to; a new object is a new wish. */
  goTo: { line: number } | null
}

export function CodeArea({ id, name, text, onChange, problems, goTo }: CodeAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const lines = text.split('\n')
  const wrong = new Set(problems.map(({ line }) => line))
  const show = (line: number) => {
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
    area.current?.focus({ preventScroll: true })
    area.current?.setSelectionRange(before, before + (lines[line - 1]?.length ?? 0))
    frame.current?.scrollTo({ top: Math.max(0, (line - 6) * LINE), left: 0 })
  }
  useEffect(() => {
    if (goTo) show(goTo.line)
    // Only a new wish moves the text.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [goTo])
  return (
    <div>
      <div
        ref={frame}
        dir="ltr"
        className="max-h-[70vh] min-h-80 overflow-auto rounded-control border border-edge bg-sheet font-mono text-xs leading-5"
      >
        <div className="flex min-w-max py-2">
          <div aria-hidden className="numbers sticky start-0 z-10 shrink-0 bg-sheet text-end text-ink-3 select-none">
            {lines.map((_, index) => (
              <div
                key={index}
                className={`h-5 border-e-2 ps-3 pe-2 ${wrong.has(index + 1) ? 'border-stop bg-stop-soft font-bold text-stop' : 'border-line'}`}
              >
                {index + 1}
              </div>
            ))}
          </div>
          <textarea
            ref={area}
            id={id}
            aria-label={words.text.lines(name)}
            aria-invalid={problems.length > 0 || undefined}
            aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            rows={lines.length}
            cols={Math.max(40, ...lines.map((line) => line.length + 2))}
            wrap="off"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            className="block resize-none overflow-hidden bg-transparent ps-3 whitespace-pre focus-visible:shadow-none focus-visible:outline-none"
          />
        </div>
      </div>
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className="mt-2 space-y-0.5">
          {problems.map(({ line, message }, index) => (
            <li key={index}>
              <button
                type="button"
                className="py-0.5 text-start text-sm text-stop underline underline-offset-3 hover:decoration-2"
                onClick={() => show(line)}
              >
                <span className="numbers font-semibold">{words.problems.line(line)}</span>: {message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
