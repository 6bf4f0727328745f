/** What the VC API refuses before it looks at any content: documents that only cost time. And problems as refusals. */
import { Refusal } from '@/lib/errors'
import type { Problem } from './values'

/** Far above any credential; canonicalising costs more than reading. */
const MOST_VALUES = 5000
const DEEPEST = 32
const MOST_CONTEXTS = 10

/** Refuses (VALIDATION_ERROR) what is too deep, too many values, or too many contexts. Walks without recursion. */
export function refuseCostly(document: unknown): void {
  let level: unknown[] = [document]
  let values = 0
  let contexts = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw refusal(`The document is nested deeper than ${DEEPEST} levels.`)
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const [key, child] of Object.entries(value)) {
        values++
        if (key === '@context') contexts += Array.isArray(child) ? child.length : 1
        next.push(child)
      }
    }
    if (values > MOST_VALUES) throw refusal(`The document has more than ${MOST_VALUES} values.`)
    if (contexts > MOST_CONTEXTS) throw refusal(`The document has more than ${MOST_CONTEXTS} contexts.`)
    level = next
  }
}

/** A refusal that names every problem with its place. */
export function refusalOf(problems: Problem[], within = ''): Refusal {
  const first = problems[0]!
  return new Refusal(
    'VALIDATION_ERROR',
    `${within}${first.path || '(the document)'} ${first.message}.`,
    problems.slice(0, 20).map(({ path, message }) => ({
      index: 0,
      path: within + path,
      code: 'VALIDATION_ERROR',
      message: `${message}.`,
    })),
  )
}

function refusal(message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message)
}
