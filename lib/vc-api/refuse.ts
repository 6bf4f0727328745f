/** What the VC API refuses before it looks at any content: documents that only cost time. And problems as refusals. */
import { Refusal } from '@/lib/errors'
import type { Problem } from './values'

/** The most that a document may have of each. */
export interface Limits {
  /** Members and items, at any depth. */
  values: number
  depth: number
  contexts: number
  /** Texts that may be labels of blank nodes ("_:x"): telling apart n nodes that are linked so may take n! steps. */
  labels: number
  /** Objects: those without an id look alike as well. */
  objects: number
}

/** Far above any credential; canonicalising costs more than reading. */
const LIMITS: Limits = { values: 5000, depth: 32, contexts: 10, labels: 16, objects: 2500 }

/** Refuses (VALIDATION_ERROR) what is too deep, or has too many values, contexts or labels. */
export function refuseCostly(document: unknown): void {
  const excess = excessOf(document, LIMITS)
  if (excess) throw new Refusal('VALIDATION_ERROR', excess)
}

/** What a document has too much of, as a sentence; null where it is within the limits. Walks without recursion. */
export function excessOf(document: unknown, limits: Limits): string | null {
  let level: unknown[] = [document]
  const found = { values: 0, contexts: 0, labels: 0, objects: 0 }
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) return `The document is nested deeper than ${limits.depth} levels.`
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      if (!Array.isArray(value)) found.objects++
      for (const [key, child] of Object.entries(value)) {
        found.values++
        if (key === '@context') found.contexts += Array.isArray(child) ? child.length : 1
        if (typeof child === 'string' && child.startsWith('_:')) found.labels++
        if (typeof child === 'object' && child !== null) next.push(child)
      }
    }
    for (const what of ['values', 'contexts', 'labels', 'objects'] as const) {
      if (found[what] > limits[what]) return `The document has more than ${limits[what]} ${what}.`
    }
    level = next
  }
  return null
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
