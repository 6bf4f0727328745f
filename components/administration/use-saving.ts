'use client'
/** Sending a form: busy meanwhile, and every refusal as a sentence at the field it is about. */
import type { FormProblem } from '@/components/ui/error-summary'
import { useSubmission, type Submission } from '@/components/ui/use-submission'
import { codeOf } from '@/components/registry'
import { ApiError } from '@/lib/api/call'
import { words } from './words'

/** A field of the request: the id of its control and what it is called. */
export type Fields = Record<string, { id: string; label: string }>

export type Saving = Submission

/** `fields` by JSON Pointer of the request; what is about none of them is shown at `form`, the id of something focusable. */
export function useSaving(fields: Fields, form: string): Saving {
  return useSubmission((error) => problemsIn(error, fields, form))
}

function problemsIn(error: unknown, fields: Fields, form: string): FormProblem[] {
  const code = codeOf(error)
  if (code === 'UNREACHABLE') return [{ target: form, message: words.unknownOutcome }]
  if (code === 'UNAUTHENTICATED') return [{ target: form, message: words.signedOut }]
  if (!(error instanceof ApiError) || error.status >= 500) return [{ target: form, message: words.notSaved }]
  const details = error.body.details ?? []
  if (details.length === 0) return [{ target: form, message: error.body.message }]
  return details.map(({ path, message }) => {
    const field =
      fields[Object.keys(fields).find((pointer) => path === pointer || path.startsWith(`${pointer}/`)) ?? '']
    return { target: field?.id ?? form, message: sentenceOf(field?.label, path, message) }
  })
}

/** "name is missing." is of the contract: for people the field is called as on the screen. */
function sentenceOf(label: string | undefined, path: string, message: string): string {
  const name = path.slice(1).replaceAll('/', '.')
  if (label === undefined || !message.startsWith(`${name} `)) return message
  return `${label} ${message.slice(name.length + 1).replace(/\.$/, '')}`
}
