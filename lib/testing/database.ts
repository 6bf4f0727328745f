/** A database of its own for each test file: a copy of the migrated template, thrown away afterwards. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { databaseNamed, TEMPLATE } from './template-database'

/** PostgreSQL copies a template only while nobody else does; a file that comes second asks again. */
const OBJECT_IN_USE = '55006'

/** Of this file: modules are its own. */
let isFirst = true

/** Copies the template. `url` suits `pg` and Prisma's adapter; `close` drops the copy and ends connections left open on it. */
export async function openTestDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const server = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(server, async (client) => {
    for (;;) {
      try {
        return await client.query(`create database ${name} template ${TEMPLATE}`)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== OBJECT_IN_USE) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  })
  const url = databaseNamed(server, name)
  // What is written to the log, and whether traces are made, the process reads in its own settings.
  if (isFirst) Object.assign(process.env, { DATABASE_URL: url, LOG_LEVEL: 'silent' })
  isFirst = false
  return {
    url,
    close: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  }
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
