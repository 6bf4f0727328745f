import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { applyMigrations, productRole } from '@/lib/migrate.mjs'
import { databaseNamed } from '@/lib/testing/template-database'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { sealNext } from './store-seal'
import { verifyDatabase } from './verify.mjs'

const OWN = '20261121156000_audit'
const server = inject('testServer')
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ connectionString: server })
  await admin.connect()
})
afterAll(() => admin.end())

async function withDatabase(name: string, owner: string | null, work: (url: string) => Promise<void>): Promise<void> {
  await admin.query(`create database ${name}${owner ? ` owner ${owner}` : ''}`)
  try {
    await work(databaseNamed(server, name))
  } finally {
    await admin.query(`drop database ${name} with (force)`)
  }
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const verified = (client: pg.Client) =>
  verifyDatabase(async (sql, values) => (await client.query(sql, values)).rows as Record<string, unknown>[])

describe('a log that is older than its seals', () => {
  test('keeps every row as it was; the log itself and the check say which rows got their hash later', async () => {
    await withDatabase('audit_before', null, async (url) => {
      const before = temporaryFolder('errata-migrations-')
      const all = join(process.cwd(), 'prisma', 'migrations')
      for (const name of readdirSync(all).filter((one) => one < OWN && !one.endsWith('.toml'))) {
        mkdirSync(join(before, name))
        cpSync(join(all, name), join(before, name), { recursive: true })
      }
      await applyMigrations(url, before)
      const old = await on(url, async (client) => {
        for (let n = 0; n < 5; n++) {
          await client.query(`insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
            values (now(), 'signed_in', 'operator', 'o', 'Asha', '{"n": ${n}}')`)
        }
        return (await client.query('select id, at, xid, detail from audit_event order by id')).rows
      })
      await applyMigrations(url)
      await on(url, async (client) => {
        const now = (await client.query('select id, at, xid, detail from audit_event order by id')).rows
        expect(now.slice(0, 5)).toEqual(old)
        expect((await client.query(`select detail from audit_event where action = 'audit.began'`)).rows).toEqual([
          { detail: { rowsBefore: 5, lastIdBefore: Number(old.at(-1).id) } },
        ])
        for (let sealed = 0; sealed < 6;) sealed += await sealNext(client, new Date())
        const { ok, lines } = await verified(client)
        expect(ok).toBe(true)
        expect(lines.join('\n')).toContain(
          '5 rows (up to 5) are older than the seals: they were written without a hash',
        )
      })
    })
  })
})

describe('a PostgreSQL of somebody’s own', () => {
  test('whose owner may not make roles is migrated all the same, and its log refuses changes', async () => {
    await admin.query(`create role plain_owner login password 'x' nosuperuser nocreaterole`)
    try {
      await withDatabase('audit_plain', 'plain_owner', async (url) => {
        const theirs = new URL(url)
        theirs.username = 'plain_owner'
        theirs.password = 'x'
        await applyMigrations(theirs.href)
        expect(await productRole(theirs.href)).toBeNull()
        await on(theirs.href, async (client) => {
          await expect(client.query('delete from audit_event')).rejects.toMatchObject({ code: '42501' })
        })
      })
    } finally {
      await admin.query('drop role plain_owner')
    }
  })

  test('migrated by its owner is found up to date by a login that may only work on it', async () => {
    await admin.query(`create role web_login login password 'x' in role errata_app`)
    try {
      await withDatabase('audit_web', null, async (url) => {
        await applyMigrations(url)
        const theirs = new URL(url)
        theirs.username = 'web_login'
        theirs.password = 'x'
        expect(await applyMigrations(theirs.href)).toEqual([])
        expect(await productRole(theirs.href)).toBe('errata_app')
        await on(theirs.href, async (client) => {
          await expect(client.query('delete from audit_event')).rejects.toMatchObject({ code: '42501' })
          await expect(client.query('create table mine ()')).rejects.toMatchObject({ code: '42501' })
        })
      })
    } finally {
      await admin.query('drop role web_login')
    }
  })
})
