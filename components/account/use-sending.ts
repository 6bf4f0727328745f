'use client'
/** Sending one of the account's forms: busy meanwhile, and every refusal as a sentence at its field. */
import { useState } from 'react'
import type { FormProblem } from '@/components/ui/error-summary'
import { codeOf } from '@/components/registry'
import { ApiError } from '@/lib/api/call'
import { words } from './words'

export interface Sending {
  busy: boolean
  problems: FormProblem[]
  /** Changes with every failure, for the error summary. */
  turn: number
  fail: (problems: FormProblem[]) => void
  run: <T>(send: () => Promise<T>, done: (answer: T) => void) => Promise<void>
}

/** `prefix` stands before the names of the request's fields in the ids of the controls; `fallback` is focused for all else. */
export function useSending(prefix: string, fallback: string): Sending {
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
        fail(problemsIn(error, prefix, fallback))
      }
      setBusy(false)
    },
  }
}

function problemsIn(error: unknown, prefix: string, fallback: string): FormProblem[] {
  const code = codeOf(error)
  if (code === 'UNREACHABLE') return [{ target: fallback, message: words.unknownOutcome }]
  if (code === 'UNAUTHENTICATED') return [{ target: fallback, message: words.signedOut }]
  if (!(error instanceof ApiError) || error.status >= 500) return [{ target: fallback, message: words.notSaved }]
  const details = error.body.details ?? []
  if (details.length === 0) return [{ target: fallback, message: error.body.message }]
  return details.map(({ path, message }) => ({ target: `${prefix}${path.slice(1)}`, message }))
}
