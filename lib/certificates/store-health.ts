/** What the database says about itself when asked whether everything is ready. */
import type { Statements } from '@/lib/db'

/** Returns when the database answers. Throws when it cannot be asked. */
export async function canAnswer(db: Statements): Promise<void> {
  await db.$queryRaw`select 1`
}

/** What the database's clock says now. Throws when it cannot be asked. */
export async function databaseTime(db: Statements): Promise<Date> {
  const [row] = await db.$queryRaw<{ time: Date }[]>`select clock_timestamp() as time`
  return row!.time
}

/** Names of the migrations that were applied to the end. Throws when the database cannot be asked. */
export async function appliedMigrations(db: Statements): Promise<string[]> {
  const rows = await db.$queryRaw<{ migration_name: string }[]>`
    select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null`
  return rows.map((row) => row.migration_name)
}
