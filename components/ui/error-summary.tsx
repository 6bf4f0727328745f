'use client'
/** What is wrong on a form, focused when it appears; each line goes to its field and repeats the same words. */
import { useEffect, useRef, type ReactNode } from 'react'
import { words } from '@/components/words'

export interface FormProblem {
  /** Id of the control to go to. */
  target: string
  message: ReactNode
}

interface ErrorSummaryProps {
  problems: FormProblem[]
  /** Changes with every submit, so that the summary takes the focus again. */
  turn: number
  onGo?: (target: string) => void
}

export function ErrorSummary({ problems, turn, onGo }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const any = problems.length > 0
  useEffect(() => {
    if (any) box.current?.focus()
  }, [turn, any])
  useErrorTitle(any)
  if (!any) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      aria-labelledby="problem-title"
      className="rounded-sheet border-2 border-stop bg-sheet px-5 py-4"
    >
      <h2 id="problem-title" className="text-lg">
        {words.thereIsAProblem}
      </h2>
      <ul className="mt-2 space-y-1">
        {problems.map(({ target, message }) => (
          <li key={target}>
            <a
              href={`#${target}`}
              className="inline-block py-0.5 font-semibold text-stop underline underline-offset-3 hover:decoration-2"
              onClick={(event) => {
                event.preventDefault()
                onGo?.(target)
                requestAnimationFrame(() => focusOn(target))
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

/** Brings a control into view and gives it the focus. */
export function focusOn(id: string): void {
  const control = document.getElementById(id)
  control?.focus({ preventScroll: true })
  control?.scrollIntoView({ block: 'center' })
}

/** Says "Error: " at the start of the page's title while there is something wrong, also when the title arrives later. */
export function useErrorTitle(wrong: boolean): void {
  useEffect(() => {
    if (!wrong) return
    const prefix = words.errorTitle('')
    const mark = () => {
      if (!document.title.startsWith(prefix)) document.title = words.errorTitle(document.title)
    }
    mark()
    const observer = new MutationObserver(mark)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length)
    }
  }, [wrong])
}
