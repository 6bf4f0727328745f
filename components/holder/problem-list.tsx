'use client'
/** What is wrong on a form of the holder's page: focused after each try to send it; each line leads to its field. */
import { useEffect, useRef } from 'react'
import { useWords } from '@/components/public/language-provider'
import { holderWords } from './words'

export interface Problem {
  /** Id of the control to go to. */
  target: string
  message: string
}

/** `turn` counts the tries: the list takes the focus at each of them, and never while somebody types. */
export function ProblemList({ problems, turn }: { problems: Problem[]; turn: number }) {
  const words = useWords(holderWords)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (turn > 0) box.current?.focus()
  }, [turn])
  if (problems.length === 0) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      aria-labelledby="problem-title"
      className="rounded-sheet border-2 border-stop bg-sheet px-4 py-3"
    >
      <h2 id="problem-title" className="text-lg">
        {words.problem}
      </h2>
      <ul className="mt-1">
        {problems.map(({ target, message }) => (
          <li key={target}>
            <a
              href={`#${target}`}
              className="inline-flex min-h-11 items-center font-semibold text-stop underline underline-offset-3 hover:decoration-2"
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(target)?.focus()
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The same sentence at the field itself. */
export function FieldProblem({ id, message }: { id: string; message: string | undefined }) {
  if (!message) return null
  return (
    <p id={id} className="mt-1 text-sm font-semibold text-stop">
      {message}
    </p>
  )
}
