import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase } from '@/lib/testing/database'

/** Prisma's schema engine as WebAssembly: its binary comes from a host that not everybody reaches. */
const ENGINE = join('node_modules', '@prisma', 'schema-engine-wasm')

/** One line per fact of a database's structure, whatever order it was made in. */
const STRUCTURE = `
  select format('column %s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' else '' end) as fact
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relnamespace = 'public'::regnamespace
  union all
  select format('default %s.%s %s', c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid))
  from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_attribute a on (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
  where c.relnamespace = 'public'::regnamespace
  union all
  select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all
  select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace = 'public'::regnamespace
  union all
  select format('enum %s %s', t.typname, string_agg(e.enumlabel, ',' order by e.enumsortorder))
  from pg_enum e join pg_type t on t.oid = e.enumtypid group by t.typname
  order by 1`

let migrated: string[]
let declared: string[]

beforeAll(async () => {
  const database = await openTestDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('drop table _prisma_migrations')
  migrated = await structure(client)
  const script = await schemaAsSql(database.url)
  await client.query('drop schema public cascade; create schema public')
  await client.query(script)
  declared = await structure(client)
  await client.end()
  afterAll(() => database.close())
})

describe('prisma/schema.prisma and prisma/migrations', () => {
  test('everything in the schema is made by the migrations', () => {
    expect(declared.length).toBeGreaterThan(50)
    expect(declared.filter((fact) => !migrated.includes(fact))).toEqual([])
  })

  test('the migrations add only what Prisma cannot say: partial indexes, checks, defaults of type xid8', () => {
    const beyond = migrated.filter((fact) => !declared.includes(fact))
    const unsayable = /^index .* WHERE |^constraint .* CHECK |^default .* pg_current_xact_id\(\)$/
    expect(beyond.filter((fact) => !unsayable.test(fact))).toEqual([])
  })
})

async function structure(client: pg.Client): Promise<string[]> {
  return (await client.query<{ fact: string }>(STRUCTURE)).rows.map((row) => row.fact)
}

/** What Prisma itself would create for schema.prisma in an empty database. */
async function schemaAsSql(url: string): Promise<string> {
  const glue = await import(pathToFileURL(realpathSync(join(ENGINE, 'schema_engine_bg.js'))).href)
  const instance = await WebAssembly.instantiate(
    await WebAssembly.compile(readFileSync(join(ENGINE, 'schema_engine_bg.wasm'))),
    { './schema_engine_bg.js': glue },
  )
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports as { __wbindgen_start(): void }).__wbindgen_start()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }))
  const files = [{ path: 'prisma/schema.prisma', content: readFileSync('prisma/schema.prisma', 'utf8') }]
  const engine = await glue.SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => {},
    adapter,
  )
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return stdout
}
