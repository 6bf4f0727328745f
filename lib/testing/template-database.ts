/** Set-up of the database tests: one private PostgreSQL per run, with a migrated template that every test file copies. */
import { rmSync } from 'node:fs'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { temporaryFolder } from './temporary-folder'

export const TEMPLATE = 'errata_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's `postgres` database. */
    testServer: string
  }
}

/** Starts the server before the first test file; vitest calls the answer after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = temporaryFolder('errata-tests-')
  // The data is thrown away: no waiting for the disk. Every other setting is the product's.
  const database = await startDatabase({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const admin = new pg.Client({ connectionString: databaseNamed(database.url, 'postgres') })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await applyMigrations(databaseNamed(database.url, TEMPLATE))
  project.provide('testServer', databaseNamed(database.url, 'postgres'))
  return async () => {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The same server's other database. */
export function databaseNamed(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}
