/** What was asked, and what was answered: what the invariants hold the tables against. */

/** One item of a request: whose, and the batch by which its content is told from every other. */
export interface Asked {
  code: string
  mark: string
}

export interface Attempt {
  /** Milliseconds after the load began. */
  at: number
  ms: number
  /** Which web server. */
  web: number
  /** null: no answer came, so it may have happened or not. */
  status: number | null
  /** Code of a refusal. */
  code?: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are held against the tables, whatever they are
  body?: any
}

export interface Entry {
  n: number
  /** `file`: its items are rows, which are taken one by one. */
  kind: 'certify' | 'update' | 'state' | 'wrong' | 'file'
  method: string
  path: string
  items: Asked[]
  key: string | null
  ifMatch: string | null
  attempts: Attempt[]
}

/** The last answer that says what became of it; undefined when nobody heard. */
export function answerOf(entry: Entry): Attempt | undefined {
  return entry.attempts.findLast(({ status }) => status !== null && status !== 503)
}
