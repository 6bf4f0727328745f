/** The SQL of a part of a transaction. */
import type { Statements } from '@/lib/db'

/** Runs `work` as a part of a transaction: when it throws, what it wrote is taken back, and the transaction may go on. */
export async function asPart<T>(db: Statements, work: () => Promise<T>): Promise<T> {
  await db.$executeRaw`savepoint part`
  try {
    const done = await work()
    await db.$executeRaw`release savepoint part`
    return done
  } catch (error) {
    await db.$executeRaw`rollback to savepoint part`
    throw error
  }
}
