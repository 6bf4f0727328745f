/** The one database client of a process. */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from './config'
import { PrismaClient } from './generated/prisma/client'
import { rawStatements, rawTransaction, type RawStatements } from './raw-statements'
import { statementNames } from './statement-names'

export type Database = PrismaClient
/** A client or a transaction: whatever can run a statement. `connect` makes clients of which both go straight to the driver. */
export type Statements = RawStatements

/** A machine that vanished in the middle of a transaction holds its locks for half a minute, not for two hours. */
const KEEPALIVES = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4'

/**
 * For the connection whose lock makes its process the only one of its kind: whoever does not ask anything for ten seconds,
 * since it is frozen or gone, loses the connection, and another takes over.
 */
export const LEADER_OPTIONS = `${KEEPALIVES} -c statement_timeout=15000 -c idle_session_timeout=10000 -c idle_in_transaction_session_timeout=10000`

const kept = globalThis as typeof globalThis & { errataDatabase?: Database }

/** The client of this process, made on first use from DATABASE_URL. */
export function database(): Database {
  const { url, poolSize, role } = config().database
  kept.errataDatabase ??= connect(url, poolSize, role)
  return kept.errataDatabase
}

/**
 * A client of its own, for tests and for programs with a life of their own. A connection is waited for at most 10 s, a lock
 * 3 s, and a statement runs at most 15 s: what takes longer is answered as "unavailable", never as an error of the caller.
 * A transaction in which nothing is asked for 20 s (they end after 15 s by themselves) is one of a frozen process: its locks go.
 * With a role every statement runs as it (lib/database-role.mjs).
 */
export function connect(url: string, poolSize = 10, role?: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    options: `${KEEPALIVES} -c timezone=UTC -c lock_timeout=3000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=20000${role ? ` -c role=${role}` : ''}`,
  })
  // An idle connection that is lost is replaced by the next one that is needed.
  pool.on('error', () => {})
  const nameOf = statementNames()
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameOf })
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: TRANSACTION_MS } })
  const own = {
    ...rawStatements(pool, nameOf),
    [IN_TRANSACTION]: <T>(work: (db: Statements) => Promise<T>) => rawTransaction(pool, nameOf, TRANSACTION_MS, work),
    async $disconnect() {
      await prisma.$disconnect()
      if (!pool.ending) await pool.end()
    },
  }
  const client = new Proxy(prisma, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own]
      const value: unknown = Reflect.get(target, name)
      // Prisma's transactions are made of what they were asked of: theirs must not get statements outside of them.
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  pools.set(client, pool)
  return client
}

const TRANSACTION_MS = 15_000
/** The same in every copy of this file: bundles of pages and routes have their own, and share one client. */
const IN_TRANSACTION = Symbol.for('errata in transaction')

const pools = new WeakMap<Database, pg.Pool>()

/** Runs `work` in one transaction of at most 15 s, for statements alone: a fraction of what `$transaction` costs. */
export function inTransaction<T>(db: Database, work: (db: Statements) => Promise<T>): Promise<T> {
  const client = db as Database & { [IN_TRANSACTION]: (work: (db: Statements) => Promise<T>) => Promise<T> }
  return client[IN_TRANSACTION](work)
}

/** The connections of a client at this moment, and who waits for one; null where `connect` did not make it. */
export function connectionsOf(db: Database): { used: number; idle: number; waiting: number } | null {
  const pool = pools.get(db)
  return pool ? { used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount } : null
}

/** Of a class that PostgreSQL has: Node's EPIPE and Prisma's P2028 are no such codes. */
const SQLSTATE = /^(\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/

/** PostgreSQL's code of an error (SQLSTATE), wherever Prisma and its adapter put it; undefined when it has none. */
export function sqlStateOf(error: unknown): string | undefined {
  const { meta, cause, code } = (error ?? {}) as { meta?: unknown; cause?: unknown; code?: unknown }
  const adapter = (meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
    ?.driverAdapterError
  if (adapter?.cause?.originalCode) return adapter.cause.originalCode
  if (typeof code === 'string' && SQLSTATE.test(code)) return code
  return cause ? sqlStateOf(cause) : undefined
}
