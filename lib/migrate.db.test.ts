import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase } from '@/lib/testing/database'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { applyMigrations } from './migrate.mjs'

let folder: string
let database: Awaited<ReturnType<typeof openTestDatabase>>
let client: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  folder = temporaryFolder('erm-')
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
})
afterEach(async () => {
  await client.end()
  rmSync(folder, { recursive: true })
})

describe('migrations', () => {
  test('are applied once, in order, with the checksum that Prisma compares', async () => {
    const sql = 'create table dose (id int primary key);'
    migration('20260102_second', 'alter table dose add column batch text;')
    migration('20260101_first', sql)
    expect(await applyMigrations(database.url, folder)).toEqual(['20260101_first', '20260102_second'])
    expect(await applyMigrations(database.url, folder)).toEqual([])
    const { rows } = await client.query('select * from _prisma_migrations order by migration_name')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      migration_name: '20260101_first',
      checksum: createHash('sha256').update(sql).digest('hex'),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    })
    expect(rows[0].finished_at).toBeInstanceOf(Date)
  })

  test('a failing one is undone as a whole, those before it stay', async () => {
    migration('1_good', 'create table good (id int)')
    migration('2_bad', 'create table half (id int); select 1/0;')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('Migration 2_bad failed: division by zero')
    expect(await tables()).toEqual(['_prisma_migrations', 'good'])
    migration('2_bad', 'create table whole (id int)')
    expect(await applyMigrations(database.url, folder)).toEqual(['2_bad'])
  })

  test('an applied file that was changed is refused; other line ends are no change', async () => {
    migration('1_good', 'create table good (\n  id int\n)')
    await applyMigrations(database.url, folder)
    migration('1_good', 'create table good (\r\n  id int\r\n)')
    expect(await applyMigrations(database.url, folder)).toEqual([])
    migration('1_good', 'create table good (id bigint)')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('was changed after it had been applied')
  })

  test('a program of an older version goes on, on what a newer one added, and says so', async () => {
    migration('1_good', 'create table good (id int)')
    migration('2_newer', 'create table newer (id int)')
    migration('3_newest', 'create table newest (id int)')
    await applyMigrations(database.url, folder)
    gone('2_newer')
    gone('3_newest')
    const lines: string[] = []
    expect(await applyMigrations(database.url, folder, (line) => lines.push(line))).toEqual([])
    expect(lines).toEqual([expect.stringMatching(/newer version.*: 2_newer, 3_newest$/)])
    expect(await tables()).toEqual(['_prisma_migrations', 'good', 'newer', 'newest'])
    // What was changed is refused all the same.
    migration('1_good', 'create table good (id bigint)')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('was changed after it had been applied')
  })

  test('a history that is not this program’s is refused, and nothing applied', async () => {
    migration('1_good', 'create table good (id int)')
    migration('2_strange', 'create table strange (id int)')
    migration('3_good', 'create table third (id int)')
    await applyMigrations(database.url, folder)
    gone('2_strange')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('2_strange, which this version does not know')
    gone('3_good')
    migration('1_missing', 'create table missing (id int)')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('and lacks 1_missing')
    expect(await tables()).toEqual(['_prisma_migrations', 'good', 'strange', 'third'])
  })

  test('a migration that another tool left unfinished is refused', async () => {
    await applyMigrations(database.url, folder)
    await client.query(`insert into _prisma_migrations (id, checksum, migration_name) values ('1', 'x', '1_good')`)
    migration('1_good', 'create table good (id int)')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('did not finish')
  })

  test('five programs at once apply each one once', async () => {
    migration('1_good', 'create table good (id int); select pg_sleep(0.2);')
    const results = await Promise.all(Array.from({ length: 5 }, () => applyMigrations(database.url, folder)))
    expect(results.flat()).toEqual(['1_good'])
  })

  test('a change of a table gives way to who uses it, and comes after them', async () => {
    migration('1_good', 'create table dose (id int)')
    await applyMigrations(database.url, folder)
    await client.query('begin')
    await client.query('select * from dose')
    migration('2_column', 'alter table dose add column batch text')
    const applying = applyMigrations(database.url, folder)
    await until(async () => (await waiting()) > 0)
    // It gave up: nobody has to wait behind it any more.
    await until(async () => (await waiting()) === 0)
    await client.query('commit')
    expect(await applying).toEqual(['2_column'])
  })
})

describe('a migration without a transaction', () => {
  const INDEX = '-- without a transaction\ncreate index concurrently dose_batch on dose (batch);\n'

  beforeEach(async () => {
    migration('1_good', 'create table dose (id int, batch text)')
    await applyMigrations(database.url, folder)
    migration('2_index', INDEX)
  })

  test('makes an index while others write, and several programs at once make one', async () => {
    await client.query('begin')
    await client.query("insert into dose values (1, 'A')")
    const applying = Promise.all(Array.from({ length: 3 }, () => applyMigrations(database.url, folder)))
    await until(async () => (await waiting()) > 0)
    await withAnother(async (writer) => writer.query("set lock_timeout = 500; insert into dose values (2, 'B')"))
    await client.query('commit')
    expect((await applying).flat()).toEqual(['2_index'])
    expect(await indexes()).toEqual([{ name: 'dose_batch', whole: true }])
    const { rows } = await client.query("select * from _prisma_migrations where migration_name = '2_index'")
    expect(rows).toHaveLength(1)
    expect(rows[0].checksum).toBe(createHash('sha256').update(INDEX).digest('hex'))
  })

  test('that was killed begins again: the half of an index goes, what is whole stays', async () => {
    migration('2_index', `${INDEX}create index concurrently dose_id on dose (id);\n`)
    await client.query('create index dose_id on dose (id)')
    await client.query('begin')
    await client.query("insert into dose values (1, 'A')")
    const killed = applyMigrations(database.url, folder)
    const failed = expect(killed).rejects.toThrow()
    await until(async () => (await waiting()) > 0)
    await withAnother((other) =>
      other.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%concurrently dose_batch%' and pid <> pg_backend_pid()",
      ),
    )
    await failed
    await client.query('commit')
    expect(await indexes()).toEqual([
      { name: 'dose_batch', whole: false },
      { name: 'dose_id', whole: true },
    ])
    expect(await applyMigrations(database.url, folder)).toEqual(['2_index'])
    expect(await indexes()).toEqual([
      { name: 'dose_batch', whole: true },
      { name: 'dose_id', whole: true },
    ])
  })

  test('says nothing that could not be begun again', async () => {
    migration('2_index', '-- without a transaction\nalter table dose add column dose int;\n')
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('cannot stand in a migration without')
    expect(await indexes()).toEqual([])
  })
})

function migration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

function gone(name: string): void {
  rmSync(join(folder, name), { recursive: true })
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public' order by 1`)
  return rows.map((row) => row.tablename)
}

/** How many sessions wait for a lock. */
async function waiting(): Promise<number> {
  return withAnother(async (other) => {
    const { rows } = await other.query(
      "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    return rows[0].n as number
  })
}

async function indexes(): Promise<{ name: string; whole: boolean }[]> {
  const { rows } = await client.query(
    "select indexrelid::regclass::text as name, indisvalid as whole from pg_index where indrelid = 'dose'::regclass order by 1",
  )
  return rows
}

async function withAnother<T>(work: (other: pg.Client) => Promise<T>): Promise<T> {
  const other = new pg.Client({ connectionString: database.url })
  await other.connect()
  try {
    return await work(other)
  } finally {
    await other.end()
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 400; n++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('It did not come to be so.')
}
