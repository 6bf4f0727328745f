/** The SQL of what each process on this database says of its settings. */
import type { Statements } from '@/lib/db'

/** Seen within so many seconds counts as alive: each says so every ten. */
const ALIVE_SECONDS = 30

export interface Said {
  process: string
  /** Name of a setting -> mark of its value. */
  marks: Record<string, string>
}

/** Of one process; what it said before is replaced, and those that are gone for an hour are forgotten. */
export async function saySettings(db: Statements, { process, marks }: Said): Promise<void> {
  await db.$executeRaw`
    delete from in_common where name in (
      select name from in_common where name like 'process %' and at < now() - interval '1 hour'
      for update skip locked)`
  await db.$executeRaw`
    insert into in_common (name, mark, at) values (${`process ${process}`}, ${JSON.stringify(marks)}, now())
    on conflict (name) do update set mark = excluded.mark, at = excluded.at`
}

/** Of all that are alive. */
export function saidSettings(db: Statements): Promise<Said[]> {
  return db.$queryRaw<Said[]>`
    select substr(name, 9) as process, mark::jsonb as marks from in_common
    where name like 'process %' and at > now() - make_interval(secs => ${ALIVE_SECONDS}::int)
    order by name`
}
