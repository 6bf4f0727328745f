/**
 * SQL straight to the driver, on the pool that Prisma's client has: the same statements, values and types as its
 * `$queryRaw` and `$executeRaw` at a quarter of the CPU time. (Its models, and transactions that use them, stay its own.)
 */
import pg from 'pg'
import { Prisma } from './generated/prisma/client'

/** Whatever can run a statement. A mistake here would be Prisma's mistake there: see raw-statements.db.test.ts. */
export interface RawStatements {
  $queryRaw<T = unknown>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>
  /** Resolves with the number of rows that it changed. */
  $executeRaw(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>
}

type NameOf = (statement: { sql: string; args: unknown[] }) => string

/** Each statement on a connection of its own. */
export function rawStatements(pool: Pick<pg.Pool, 'query'>, nameOf: NameOf): RawStatements {
  const run = (text: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    const statement = 'sql' in text ? text : Prisma.sql(text, ...values)
    const sql = statement.text
    const args = statement.values.map(sent)
    return pool.query({ name: nameOf({ sql, args }), text: sql, values: args, types: READ })
  }
  return {
    $queryRaw: async <T>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await run(text, values)).rows as T,
    $executeRaw: async (text, ...values) => (await run(text, values)).rowCount ?? 0,
  }
}

/**
 * Runs `work` in one transaction. It is rolled back when `work` throws, and after `milliseconds`, whatever `work` does
 * then: its next statement fails.
 */
export async function rawTransaction<T>(
  pool: pg.Pool,
  nameOf: NameOf,
  milliseconds: number,
  work: (statements: RawStatements) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const noteBroken = (error: Error) => (broken = error)
  // Lost between two statements: the next one says so.
  client.on('error', noteBroken)
  let closed: Promise<pg.QueryResult> | undefined
  const end = (how: 'commit' | 'rollback') => (closed ??= client.query(how))
  const late = setTimeout(() => void end('rollback').catch(noteBroken), milliseconds)
  const open = {
    query: (config: pg.QueryConfig) => {
      if (closed) throw new Error(`Transaction already closed: it took longer than ${milliseconds} ms.`)
      return client.query(config)
    },
  } as Pick<pg.Pool, 'query'>
  try {
    await client.query('begin')
    const result = await work(rawStatements(open, nameOf))
    if (closed) throw new Error(`Transaction already closed: it took longer than ${milliseconds} ms.`)
    const { command } = await end('commit')
    // What the database says where a statement failed and `work` went on as if it had not.
    if (command !== 'COMMIT') throw new Error('Transaction already closed: one of its statements failed.')
    return result
  } catch (error) {
    await end('rollback').catch(noteBroken)
    throw error
  } finally {
    clearTimeout(late)
    client.off('error', noteBroken)
    // What is broken is not used again.
    client.release(broken)
  }
}

/** A moment is sent with its zone, so that it means the same wherever the database is. */
function sent(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(sent)
  return value
}

/** As Prisma gives them, where the driver would do otherwise. */
const { builtins: TYPE } = pg.types
const textList = pg.types.getTypeParser(1009 as never) as (text: string) => (string | null)[]
const list = (oid: number, each: (text: string) => unknown): [number, (text: string) => unknown] => [
  oid,
  (text) => textList(text).map((one) => (one === null ? null : each(one))),
]
const moment = (text: string) => new Date(`${text.replace(' ', 'T')}Z`)
const decimal = (text: string) => new Prisma.Decimal(text)
const OTHERWISE = new Map<number, (text: string) => unknown>([
  [TYPE.INT8, BigInt],
  [TYPE.OID, BigInt],
  [TYPE.NUMERIC, decimal],
  [TYPE.DATE, (text) => new Date(text)],
  [TYPE.TIMESTAMP, moment],
  list(1016, BigInt),
  list(1231, decimal),
  list(1182, (text) => new Date(text)),
  list(1115, moment),
])

const READ = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && OTHERWISE.get(oid)) || pg.types.getTypeParser(oid, format as 'text'),
} as unknown as pg.CustomTypesConfig
