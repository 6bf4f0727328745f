/** What an installation's processes spend: CPU time of the web server, of the worker, and of PostgreSQL by what works there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** Linux counts in these, whatever the machine. */
const TICK_MS = 10

/**
 * CPU milliseconds that everything has spent since it started; null where the machine has no /proc (not Linux).
 * @param {{ dataDir: string, postmaster: number, databaseUrl: string }} installation
 * @returns {{ web: number, worker: number, database: Record<string, number> } | null}
 */
export async function cpuSpent({ dataDir, postmaster, databaseUrl }) {
  const names = await connectionNames(databaseUrl)
  const all = processes()
  if (all.length === 0) return null
  const noted = (name) => JSON.parse(readFileSync(join(dataDir, 'run', `${name}.json`), 'utf8')).pid
  const of = (pid) => all.find((one) => one.pid === pid)?.ms ?? 0
  const database = {}
  const add = (kind, ms) => (database[kind] = (database[kind] ?? 0) + ms)
  for (const { pid, parent, ms, command } of all) if (parent === postmaster) add(names.get(pid) ?? kindOf(command), ms)
  // Itself, and all who are gone.
  const own = all.find(({ pid }) => pid === postmaster)
  add('postmaster and ended ones', (own?.ms ?? 0) + (own?.endedMs ?? 0))
  return { web: of(noted('web')), worker: of(noted('worker')), database }
}

/** What was spent between two moments, for each of `count`; `kinds`: PostgreSQL's share by what works there. */
export function cpuBetween(before, after, count) {
  if (!before || !after || count === 0) return null
  const kinds = Object.entries(after.database).map(([kind, ms]) => [kind, (ms - (before.database[kind] ?? 0)) / count])
  return {
    web: (after.web - before.web) / count,
    worker: (after.worker - before.worker) / count,
    database: kinds.reduce((sum, [, ms]) => sum + ms, 0),
    kinds: Object.fromEntries(kinds),
  }
}

/** "postgres: walwriter" says what it is. */
function kindOf(command) {
  return command
    .replace(/^postgres: /, '')
    .trim()
    .split(' ')
    .slice(0, 2)
    .join(' ')
}

/** Process -> the name that it gave its connection. */
async function connectionNames(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "select pid, application_name as name from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  )
  await client.end()
  return new Map(rows.map(({ pid, name }) => [pid, name || 'other connections']))
}

function processes() {
  let names
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
  return names.flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // After the name, which may hold anything: state, parent, ..., utime is the 12th, then stime, cutime, cstime.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const ticks = (from) => (Number(fields[from]) + Number(fields[from + 1])) * TICK_MS
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return [{ pid: Number(name), parent: Number(fields[1]), ms: ticks(11), endedMs: ticks(13), command }]
    } catch {
      return [] // gone meanwhile
    }
  })
}
