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

  test('a database of a newer version is refused', async () => {
    migration('1_good', 'create table good (id int)')
    migration('2_newer', 'create table newer (id int)')
    await applyMigrations(database.url, folder)
    rmSync(join(folder, '2_newer'), { recursive: true })
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('newer version')
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
})

function migration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public' order by 1`)
  return rows.map((row) => row.tablename)
}
