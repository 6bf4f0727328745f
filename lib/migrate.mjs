/** Brings a database to the current schema, and leaves it so that Prisma's own `migrate deploy` would find nothing to do. */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { grantRole, ROLE } from './database-role.mjs'
import { applyStepByStep, isStepByStep } from './migrate-steps.mjs'

const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), '..', 'prisma', 'migrations')

/** The key Prisma takes for the same purpose: its `migrate deploy` and ours exclude each other. */
const PRISMA_LOCK = 72707369

/** Prisma's bookkeeping table, column by column as its schema engine 7 creates it. */
const BOOKKEEPING = `create table if not exists "_prisma_migrations" (
  "id" varchar(36) primary key not null,
  "checksum" varchar(64) not null,
  "finished_at" timestamptz,
  "migration_name" varchar(255) not null,
  "logs" text,
  "rolled_back_at" timestamptz,
  "started_at" timestamptz not null default now(),
  "applied_steps_count" integer not null default 0
)`

/**
 * A change of a table waits so long for those who use it; whoever comes after it waits behind it for as long. Then it gives
 * way, and tries again after a pause.
 */
const LOCK_TIMEOUT_MS = 2000
const ATTEMPTS = 30
const PAUSE_MS = 2000

/** SQLSTATE of a lock that was not to be had in time, and of a deadlock. */
const IN_THE_WAY = ['55P03', '40P01']

/**
 * Applies what is missing, each migration in one transaction, or step by step where its first line says so
 * (lib/migrate-steps.mjs). Several programs may call it at once: one works, the others wait and find nothing to do.
 * @param {string} url connection string for `pg`
 * @param {string} [folder] prisma/migrations, or another folder of `<name>/migration.sql`
 * @param {(line: string) => void} [warn] told when the database is of a newer version: all that newer ones change is added
 *   (lib/migrate-additive.db.test.ts), so this version works on it
 * @returns {Promise<string[]>} names of the migrations applied now
 * @throws when an applied migration's file was changed or is gone, when Prisma noted a failed one, and when SQL fails
 *   (that migration is then rolled back as a whole, or goes on where it stopped when it goes step by step; those before it stay)
 */
export async function applyMigrations(url, folder = MIGRATIONS, warn = console.warn) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // a lost connection is thrown by the statement that it was lost in
  await client.connect()
  try {
    await lock(client)
    // Whoever may not make tables may still find that nothing is missing.
    const { rows: kept } = await client.query("select to_regclass('_prisma_migrations') is not null as there")
    if (!kept[0].there) await client.query(BOOKKEEPING)
    const migrations = readMigrations(folder)
    const { rows } = await client.query(
      'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null',
    )
    const applied = new Set(rows.map((row) => row.migration_name))
    const missing = migrations.filter((migration) => !applied.has(migration.name))
    const later = checkHistory(rows, migrations, missing)
    if (later.length > 0)
      warn(`The database is of a newer version than this program, which goes on: ${later.join(', ')}`)
    for (const migration of missing) await applyOne(client, migration)
    await grantRole(client)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end() // gives the lock back too
  }
}

/**
 * The role that the product's connections take on (lib/database-role.mjs), null where this address cannot act as it.
 * @param {string} url
 * @returns {Promise<string | null>}
 */
export async function productRole(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Two who grant the same at once are refused: "tuple concurrently updated".
    await lock(client)
    return (await grantRole(client)) ? ROLE : null
  } finally {
    await client.end()
  }
}

/** @returns {{ name: string, sql: string }[]} in the order of their names, which begin with a date */
function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => ({ name: entry.name, sql: readFileSync(join(folder, entry.name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** @returns {string[]} what a newer version applied after everything that this one knows */
function checkHistory(rows, migrations, missing) {
  const newest = migrations.at(-1)?.name ?? ''
  const later = []
  for (const row of rows) {
    const migration = migrations.find((candidate) => candidate.name === row.migration_name)
    if (row.finished_at === null) {
      throw new Error(
        `Migration ${row.migration_name} was begun by another tool and did not finish. Repair the database first.`,
      )
    }
    if (!migration) {
      if (row.migration_name > newest && missing.length === 0) {
        later.push(row.migration_name)
        continue
      }
      throw new Error(
        missing.length === 0
          ? `The database has migration ${row.migration_name}, which this version does not know though it knows later ones: it belongs to another program.`
          : `The database has migration ${row.migration_name}, which this version does not know, and lacks ${missing[0].name}: its history is not this program's.`,
      )
    }
    if (!checksumsOf(migration.sql).includes(row.checksum)) {
      throw new Error(
        `Migration ${row.migration_name} was changed after it had been applied. Restore its file and add a new migration.`,
      )
    }
  }
  return later.sort()
}

/** Asked for again and again: a session that waits in a statement holds a snapshot, and `create index concurrently` waits for those. */
async function lock(client) {
  for (;;) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as ours', [PRISMA_LOCK])
    if (rows[0].ours) return
    await pause(100)
  }
}

async function applyOne(client, { name, sql }) {
  try {
    if (isStepByStep(sql)) {
      await applyStepByStep(client, sql)
      await noteApplied(client, { name, sql })
    } else await applyWhole(client, { name, sql })
  } catch (error) {
    throw new Error(`Migration ${name} failed: ${error.message}`, { cause: error })
  }
}

/** In one transaction; again when somebody was in the way, for about two minutes. */
async function applyWhole(client, migration) {
  for (let attempt = 1; ; attempt++) {
    await client.query('begin')
    try {
      await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
      await client.query(migration.sql)
      await noteApplied(client, migration)
      await client.query('commit')
      return
    } catch (error) {
      await client.query('rollback')
      if (!IN_THE_WAY.includes(error.code) || attempt === ATTEMPTS) throw error
      await pause(PAUSE_MS)
    }
  }
}

async function noteApplied(client, { name, sql }) {
  await client.query(
    `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), sha256(sql), name],
  )
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A checkout with other line ends is the same migration. */
function checksumsOf(sql) {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sha256(sql), sha256(unix), sha256(unix.replaceAll('\n', '\r\n'))]
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (!process.env.DATABASE_URL) {
    console.error('Set DATABASE_URL to the database to migrate. (npm start migrates the embedded one by itself.)')
    process.exit(1)
  }
  const applied = await applyMigrations(process.env.DATABASE_URL)
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
}
