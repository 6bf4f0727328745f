'use client'
/** Sending a form: busy meanwhile, and what was refused as problems for the error summary and the fields. */
import { useState } from 'react'
import type { FormProblem } from './error-summary'

export interface Submission {
  busy: boolean
  problems: FormProblem[]
  /** Changes with every failure, for the error summary. */
  turn: number
  fail: (problems: FormProblem[]) => void
  /** Sends; `done` gets the answer. */
  run: <T>(send: () => Promise<T>, done: (answer: T) => void) => Promise<void>
}

/** `problemsIn` says what an error is about, in the words of the screen. */
export function useSubmission(problemsIn: (error: unknown) => FormProblem[]): Submission {
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const fail = (found: FormProblem[]) => {
    setProblems(found)
    setTurn((n) => n + 1)
  }
  return {
    busy,
    problems,
    turn,
    fail,
    async run(send, done) {
      setBusy(true)
      try {
        const answer = await send()
        setProblems([])
        done(answer)
      } catch (error) {
        fail(problemsIn(error))
      }
      setBusy(false)
    },
  }
}
