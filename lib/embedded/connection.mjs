/** The few questions that starting has for a database server. */
import { realpathSync } from 'node:fs'
import pg from 'pg'

/**
 * True when a server answers at this address and works on this data folder.
 * @param {string} url
 * @param {string} cluster real path of the data folder
 */
export async function answersAs(url, cluster) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => {}) // a connection lost after the answer is no event of its own: the next question notices
  try {
    await client.connect()
    const { rows } = await client.query('show data_directory')
    return realpathSync(rows[0].data_directory) === cluster
  } catch (error) {
    if (isNoAnswer(error)) return false
    throw error
  } finally {
    await client.end()
  }
}

/**
 * Creates a database unless it exists.
 * @param {string} url of another database of the server
 * @param {string} name
 */
export async function ensureDatabase(url, name) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Nobody there, not ready yet (57P03), shutting down (57P01), or another server's password (28P01). */
function isNoAnswer(error) {
  return (
    ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTSOCK', '57P03', '57P01', '28P01', '28000'].includes(
      error.code,
    ) || /timeout|terminated/i.test(error.message)
  )
}
