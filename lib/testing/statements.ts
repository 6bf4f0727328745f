/** Which statements a piece of work sends to the database, with their values: to count them, and to ask how they are planned. */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

export interface Statement {
  text: string
  values: unknown[]
}

const recording = new AsyncLocalStorage<Statement[]>()
let isWatched = false

/** The statements of `work` and of all that it waits for, whichever connections they take; not what runs beside it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  watch()
  const statements: Statement[] = []
  await recording.run(statements, work)
  return statements
}

/** Under everything: Prisma's adapter and our own connections use this class. */
function watch(): void {
  if (isWatched) return
  isWatched = true
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const { query } = prototype
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [given, values] = args as [string | { text?: string; values?: unknown[] }, unknown[] | undefined]
    const text = typeof given === 'string' ? given : given.text
    const own = typeof given === 'string' ? [] : (given.values ?? [])
    if (text) recording.getStore()?.push({ text, values: Array.isArray(values) ? values : own })
    return query.apply(this, args)
  }
}
