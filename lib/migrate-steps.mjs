/**
 * Migrations of big tables, statement by statement outside a transaction: their first line is `-- without a transaction`.
 * What they may say can be begun again at any time, so an interrupted one simply starts over.
 */

const FIRST_LINE = /^-- without a transaction\r?\n/

const CREATE_INDEX = /^create\s+(?:unique\s+)?index\s+concurrently\s+"?(\w+)"?\s+on\s/i

/** None of these keeps anybody from reading or writing the table. */
const ALLOWED = [
  CREATE_INDEX,
  /^drop\s+index\s+concurrently\s+if\s+exists\s/i,
  /^alter\s+table\s+\S+\s+validate\s+constraint\s/i,
  /^analyze\s/i,
]

/** @param {string} sql */
export function isStepByStep(sql) {
  return FIRST_LINE.test(sql)
}

/**
 * The statements of such a migration: each ends with a semicolon at the end of a line.
 * @param {string} sql
 * @throws when one is none of those that can be begun again
 */
export function stepsOf(sql) {
  const steps = sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  const other = steps.find((statement) => !ALLOWED.some((form) => form.test(statement)))
  if (other !== undefined) {
    throw new Error(
      `"${other.split('\n')[0]}" cannot stand in a migration without a transaction: only create index concurrently, ` +
        'drop index concurrently if exists, validate constraint and analyze can be begun again.',
    )
  }
  return steps
}

/**
 * @param {import('pg').Client} client
 * @param {string} sql
 */
export async function applyStepByStep(client, sql) {
  const steps = stepsOf(sql)
  // Such a step waits for transactions that began before it, and nobody waits behind it.
  await client.query('set lock_timeout = 0')
  try {
    for (const step of steps) {
      const index = CREATE_INDEX.exec(step)?.[1]
      if (index === undefined || (await isWanted(client, index))) await client.query(step)
    }
  } finally {
    await client.query('reset lock_timeout')
  }
}

/** False when the index is there and whole. The rest of an interrupted one goes: it is kept up to date and never used. */
async function isWanted(client, name) {
  const { rows } = await client.query('select indisvalid as whole from pg_index where indexrelid = to_regclass($1)', [
    `"${name}"`,
  ])
  if (rows.length === 0) return true
  if (rows[0].whole) return false
  await client.query(`drop index concurrently if exists "${name}"`)
  return true
}
