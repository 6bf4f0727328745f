/** The one database client of a process. */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from './config'
import { PrismaClient } from './generated/prisma/client'
import { statementNames } from './statement-names'

export type Database = PrismaClient
/** A client or a transaction: whatever can run a statement. */
export type Statements = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>

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
    options: `${KEEPALIVES} -c lock_timeout=3000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=20000${role ? ` -c role=${role}` : ''}`,
  })
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: statementNames() })
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 15_000 } })
  pools.set(client, pool)
  return client
}

const pools = new WeakMap<Database, pg.Pool>()

/** The connections of a client at this moment, and who waits for one; null where `connect` did not make it. */
export function connectionsOf(db: Database): { used: number; idle: number; waiting: number } | null {
  const pool = pools.get(db)
  return pool ? { used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount } : null
}

/** PostgreSQL's code of an error (SQLSTATE), wherever Prisma and its adapter put it; undefined when it has none. */
export function sqlStateOf(error: unknown): string | undefined {
  const { meta, cause, code } = (error ?? {}) as { meta?: unknown; cause?: unknown; code?: unknown }
  const adapter = (meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
    ?.driverAdapterError
  if (adapter?.cause?.originalCode) return adapter.cause.originalCode
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  return cause ? sqlStateOf(cause) : undefined
}
