/**
 * Set-up of the database tests: one private PostgreSQL per run, with a migrated template that every test file copies. With
 * TEST_DATABASE_URL (a superuser's address of any database of a server that is there for tests alone) it is that server.
 */
import { rmSync } from 'node:fs'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { THROWN_AWAY } from './servers/settings.mjs'
import { temporaryFolder } from './temporary-folder'

export const TEMPLATE = 'errata_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's `postgres` database. */
    testServer: string
  }
}

/** Makes the template before the first test file; vitest calls the answer after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, close: async () => {} }
    : await ownServer()
  const url = databaseNamed(server.url, 'postgres')
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await applyMigrations(databaseNamed(server.url, TEMPLATE))
  project.provide('testServer', url)
  return server.close
}

async function ownServer() {
  const dataDir = temporaryFolder('errata-tests-')
  const database = await startDatabase({ dataDir, settings: THROWN_AWAY })
  return {
    url: database.url,
    async close() {
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The same server's other database. */
export function databaseNamed(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}
