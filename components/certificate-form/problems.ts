/** The errors of the form as lines of the summary, in the order of the form. */
import { get, type FieldErrors } from 'react-hook-form'
import type { FormProblem } from '@/components/ui/error-summary'
import { words } from '@/components/words'
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { controlId } from './field-frame'
import { nameOf } from './use-correction'
import type { FormValues } from './values'

/** One line for each wrong field, and one for what is wrong with the record as a whole. */
export function problemsOf(errors: FieldErrors<FormValues>, type: CertificateType): FormProblem[] {
  const problems: FormProblem[] = []
  const seen = new Set<string>()
  const add = (target: string, message: string | undefined) => {
    if (message !== undefined) problems.push({ target, message })
  }
  for (const field of fieldsOf(type)) {
    const found = get(errors, nameOf(field.path)) as unknown
    seen.add(field.path.split('.')[0]!)
    if (found) add(controlId(field.path), sentenceFor(field, found))
  }
  for (const name of ['requestedBy', 'cause', 'note'] as const) {
    if (errors.reason?.[name]) add(`reason-${name}`, sentenceIn(errors.reason[name]))
  }
  for (const [key, found] of Object.entries(errors.record ?? {})) {
    if (!seen.has(key) || problems.length === 0) add(controlId(fieldsOf(type)[0]!.path), sentenceIn(found))
  }
  return problems
}

/** The sentence of a field's error. How a date is written concerns programs; a person typed it into boxes. */
export function sentenceFor(field: Field, error: unknown): string | undefined {
  const sentence = sentenceIn(error)
  if (!sentence?.startsWith(`${field.label} must be`)) return sentence
  if (field.kind === 'date') return words.correct.notADay(field.label)
  return field.kind === 'instant' ? words.correct.notAMoment(field.label) : sentence
}

/** The sentence of an error, wherever below it stands. */
export function sentenceIn(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { message } = error as { message?: unknown }
  if (typeof message === 'string' && message !== '') return message
  for (const [key, inner] of Object.entries(error)) {
    const found = key === 'ref' ? undefined : sentenceIn(inner)
    if (found !== undefined) return found
  }
  return undefined
}
