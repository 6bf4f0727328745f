/** What is wrong with a parameter, in our words: zod's speak of types that nobody sent. */
import type { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

/**
 * The predicate of a sentence that begins with the name of what is wrong: "is missing", "must be one of a4, us-letter".
 * For zod's option `error`; messages that a schema gives itself come first.
 */
export function predicateOf(issue: Issue): string {
  if (issue.input === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NAME_OF[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(shown).join(', ')}`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1 ? 'is missing' : `must be at least ${amount(issue)}`
    case 'too_big':
      return `must be at most ${amount(issue)}`
    default:
      return 'does not have the documented form'
  }
}

const NAME_OF: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  nan: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function shown(value: unknown): string {
  return value === '' ? 'empty' : String(value)
}

function amount(issue: { origin: string; minimum?: unknown; maximum?: unknown }): string {
  const limit = String(issue.minimum ?? issue.maximum)
  return issue.origin === 'string' ? `${limit} characters long` : limit
}
