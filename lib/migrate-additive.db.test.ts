/** Each migration since a version that runs somewhere: the program before goes on beside it, and no big table is locked. */
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { BIG, readSchema, troubleWith } from './testing/schema-change'
import { databaseNamed } from './testing/template-database'
import { temporaryFolder } from './testing/temporary-folder'
import { isStepByStep } from './migrate-steps.mjs'
import { applyMigrations } from './migrate.mjs'

const MIGRATIONS = join(import.meta.dirname, '..', 'prisma', 'migrations')
/** The last one of the version that is replaced while it runs. */
const BASELINE = '20261121179000_bulk_on_the_way'
/**
 * New rules that were thought about: nothing that the version before writes is refused by them.
 * The sentence of the check -> why it is harmless.
 */
const HARMLESS: Record<string, string> = {}

const names = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
const NAME = 'additive_migrations'
const folder = temporaryFolder('errata-additive-')
const url = databaseNamed(inject('testServer'), NAME)
let client: pg.Client

async function onServer(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('testServer') })
  await admin.connect()
  await admin.query(sql)
  await admin.end()
}

const add = (name: string) => cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true })

beforeAll(async () => {
  await onServer(`create database ${NAME}`)
  names.filter((name) => name <= BASELINE).forEach(add)
  await applyMigrations(url, folder)
  client = new pg.Client({ connectionString: url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await onServer(`drop database ${NAME}`)
  rmSync(folder, { recursive: true })
})

test('the version before is there, and so is every table that is called big', async () => {
  expect(names).toContain(BASELINE)
  const tables = (await readSchema(client)).tables.map(({ table }) => table)
  expect([...BIG].filter((table) => !tables.includes(table))).toEqual([])
})

describe('a change is found out that', () => {
  test.each([
    ['takes a column away', 'alter table lineage drop column open', 'lineage.open is gone'],
    ['renames one', 'alter table facility rename column district to area', 'facility.district is gone'],
    ['takes a table away', 'drop table look_up_stop', 'table look_up_stop is gone'],
    [
      'asks for what nobody gives',
      'alter table worker add column room text not null',
      'worker.room is new and has to be given',
    ],
    [
      'asks for what could be left out',
      'alter table outbox alter column key set not null',
      'outbox.key has to be given now',
    ],
    [
      'changes a type',
      'alter table facility alter column name type varchar(300)',
      'facility.name was text and is character varying(300)',
    ],
    [
      'writes every row again',
      'alter table certificate alter column revision type bigint',
      'every row of certificate is written again',
    ],
    [
      'fills every row with something else',
      'alter table lineage add column x uuid default gen_random_uuid()',
      'every row of lineage is written again',
    ],
    [
      'builds an index under a lock',
      'create index on certificate (issued_at)',
      'certificate_issued_at_idx is built while nobody can write certificate',
    ],
    [
      'makes something unique',
      'create unique index facility_once on facility (name)',
      'facility_once (unique) may refuse what the version before writes into facility',
    ],
    [
      'checks every row',
      'alter table transaction add constraint few check (attempts < 9)',
      'few is checked while nobody can write transaction',
    ],
  ])('%s', async (_what, sql, sentence) => {
    await client.query('begin')
    try {
      const before = await readSchema(client)
      await client.query(sql)
      expect(troubleWith(before, await readSchema(client), { whole: true })).toContain(sentence)
    } finally {
      await client.query('rollback')
    }
  })

  test('a column that may be left out, one with a constant, and a table of its own are no trouble', async () => {
    await client.query('begin')
    const before = await readSchema(client)
    await client.query(`alter table lineage add column a text, add column b integer not null default 0;
      create table apart (id integer primary key, x integer not null check (x > 0)); create index on apart (x)`)
    expect(troubleWith(before, await readSchema(client), { whole: true })).toEqual([])
    await client.query('rollback')
  })
})

const since = names.filter((name) => name > BASELINE)

test.each(since)('%s', async (name) => {
  const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8')
  const before = await readSchema(client)
  add(name)
  expect(await applyMigrations(url, folder)).toEqual([name])
  const trouble = troubleWith(before, await readSchema(client), { whole: !isStepByStep(sql) })
  expect(trouble.filter((sentence) => !(sentence in HARMLESS))).toEqual([])
  // The rows of big tables stay as they are: what is to be filled in is filled in by the program, a few at a time.
  expect(sql).not.toMatch(
    /^\s*(update|delete\s+from)\s+"?(lineage|transaction|certificate|status_entry|outbox|audit_event)\b/im,
  )
})
