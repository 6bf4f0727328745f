/**
 * `npm run audit:verify`: checks the audit log of DATABASE_URL or of the database in DATA_DIR, or an export with `--file`,
 * and the signatures of its days: with the keys in DATA_DIR, or with those of a file (`--jwks`). An export is compared with a
 * saved answer of /v3/audit/roots (`--roots`). Ends with 0 when it is whole, 1 when it is not, 2 when it could not be checked.
 */
import { createPublicKey } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyDatabase, verifyExport } from '../audit/verify.mjs'

const USAGE = `npm run audit:verify -- [--jwks jwks.json] [--expect 2026-11-21=<published hash>]...
npm run audit:verify -- --file export.jsonl [--roots roots.json --jwks jwks.json] [--expect 2026-11-21=<published hash>]...`

try {
  const text = { type: 'string' }
  const options = { file: text, roots: text, jwks: text, expect: { type: 'string', multiple: true } }
  const { values } = parseArgs({ options })
  const expected = (values.expect ?? []).map(expectation)
  const keys = values.jwks ? keysOfSet(values.jwks) : keysOfFolder()
  const signed = values.roots ? rootsOf(values.roots) : []
  if (signed.length > 0 && !keys) throw new Error('--roots needs --jwks, the keys that the issuer publishes.')
  const { ok, lines } = await (values.file
    ? verifyExport(values.file, { expected, keys, signed })
    : verifyOwn({ expected, keys }))
  console.log(lines.join('\n'))
  process.exitCode = ok ? 0 : 1
} catch (error) {
  console.error(`The audit log could not be checked: ${error.message}`)
  process.exitCode = 2
}

async function verifyOwn(options) {
  const { default: pg } = await import('pg')
  const { url, close } = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, close: () => {} }
    : await embedded()
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    // One picture of the log, however long it takes and whatever is written meanwhile.
    await client.query('begin transaction isolation level repeatable read read only')
    return await verifyDatabase(async (sql, given) => (await client.query(sql, given)).rows, options)
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

/** A saved answer of /.well-known/jwks.json. */
function keysOfSet(file) {
  const { keys } = JSON.parse(readFileSync(file, 'utf8'))
  return { published: keys.map((key) => createPublicKey({ key, format: 'jwk' })), withdrawn: [] }
}

/** Those of the installation at hand; undefined where there are none. */
function keysOfFolder() {
  const folder = join(resolve(process.env.DATA_DIR || '.data'), 'keys')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const read = (ending) =>
    names.filter((name) => name.endsWith(ending)).map((name) => createPublicKey(readFileSync(join(folder, name))))
  const withdrawn = read('.withdrawn.pem')
  // KeyObject.equals leaves an error behind when the types differ, and Node 20 takes the next PEM for damaged.
  const derOf = (key) => key.export({ type: 'spki', format: 'der' })
  const isWithdrawn = (key) => withdrawn.some((one) => derOf(one).equals(derOf(key)))
  const published = read('.public.pem').filter((key) => !isWithdrawn(key))
  return published.length > 0 ? { published, withdrawn } : undefined
}

/** A saved answer of /v3/audit/roots. */
function rootsOf(file) {
  const { roots } = JSON.parse(readFileSync(file, 'utf8'))
  return roots.filter(({ signed }) => signed !== null)
}

function expectation(text) {
  const [, day, hash] = /^(\d{4}-\d\d-\d\d)=([0-9a-fA-F]{64})$/.exec(text) ?? []
  if (!day) throw new Error(`"${text}" is not a day and a hash. ${USAGE}`)
  return { day, hash }
}
