'use client'
/** Sending one of the account's forms: busy meanwhile, and every refusal as a sentence at its field. */
import type { FormProblem } from '@/components/ui/error-summary'
import { useSubmission, type Submission } from '@/components/ui/use-submission'
import { codeOf } from '@/components/registry'
import { ApiError } from '@/lib/api/call'
import { words } from './words'

export type Sending = Submission

/** `prefix` stands before the names of the request's fields in the ids of the controls; `fallback` is focused for all else. */
export function useSending(prefix: string, fallback: string): Sending {
  return useSubmission((error) => problemsIn(error, prefix, fallback))
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
