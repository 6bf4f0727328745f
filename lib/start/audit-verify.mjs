/**
 * `npm run audit:verify`: checks the audit log of DATABASE_URL or of the database in DATA_DIR, or an export with `--file`.
 * Ends with 0 when it is whole, 1 when it is not, 2 when it could not be checked.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyDatabase, verifyExport } from '../audit/verify.mjs'

const USAGE = `npm run audit:verify -- [--file export.jsonl] [--expect 2026-11-21=<published hash>]...`

try {
  const { values } = parseArgs({ options: { file: { type: 'string' }, expect: { type: 'string', multiple: true } } })
  const expected = (values.expect ?? []).map(expectation)
  const { ok, lines } = await (values.file ? verifyExport(values.file, { expected }) : verifyOwn(expected))
  console.log(lines.join('\n'))
  process.exitCode = ok ? 0 : 1
} catch (error) {
  console.error(`The audit log could not be checked: ${error.message}`)
  process.exitCode = 2
}

async function verifyOwn(expected) {
  const { default: pg } = await import('pg')
  const { url, close } = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, close: () => {} }
    : await embedded()
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    // One picture of the log, however long it takes and whatever is written meanwhile.
    await client.query('begin transaction isolation level repeatable read read only')
    return await verifyDatabase(async (sql, given) => (await client.query(sql, given)).rows, { expected })
  } finally {
    await client.end().catch(() => {})
    await close()
  }
}

/** The database that npm start runs; started for this check when it does not run. */
async function embedded() {
  const { startDatabase } = await import('../embedded/postgres.mjs')
  const database = await startDatabase({ dataDir: resolve(process.env.DATA_DIR || '.data') })
  return { url: database.url, close: () => (database.adopted ? undefined : database.stop()) }
}

function expectation(text) {
  const [, day, hash] = /^(\d{4}-\d\d-\d\d)=([0-9a-fA-F]{64})$/.exec(text) ?? []
  if (!day) throw new Error(`"${text}" is not a day and a hash. ${USAGE}`)
  return { day, hash }
}
