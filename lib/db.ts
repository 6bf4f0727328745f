/** The one database client of a process. */
import { PrismaPg } from '@prisma/adapter-pg'
import { config } from './config'
import { PrismaClient } from './generated/prisma/client'

export type Database = PrismaClient
/** A client or a transaction: whatever can run a statement. */
export type Statements = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>

const kept = globalThis as typeof globalThis & { errataDatabase?: Database }

/** The client of this process, made on first use from DATABASE_URL. */
export function database(): Database {
  kept.errataDatabase ??= connect(config().database.url, config().database.poolSize)
  return kept.errataDatabase
}

/**
 * A client of its own, for tests and for programs with a life of their own. A connection or a lock is waited for at most
 * 10 s and a statement runs at most 15 s: what takes longer is answered as "unavailable", never as an error of the caller.
 */
export function connect(url: string, poolSize = 10): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    options: '-c lock_timeout=10000 -c statement_timeout=15000',
  })
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 15_000 } })
}
