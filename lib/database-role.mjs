/** The role under which the product works on its database: all it needs, but the audit log it can only add to. */
export const ROLE = 'errata_app'

/** Tables that the role may add to and change nothing in. */
const APPEND_ONLY = ['audit_event', 'audit_seal', 'audit_root']

const DUPLICATE = ['42710', '23505']
const NOT_PERMITTED = '42501'

/**
 * Makes the role where it is missing and gives it what it may do on the tables that are there now. Any number of times.
 * @param {import('pg').Client} client
 * @returns {Promise<boolean>} whether this connection's user can act as the role; false where the database's owner does
 *   not let us make roles: then the triggers of the log still refuse every change
 */
export async function grantRole(client) {
  if (!(await makeRole(client))) return false
  try {
    await client.query(`
      grant usage on schema public to ${ROLE};
      grant select, insert, update, delete on all tables in schema public to ${ROLE};
      grant usage, select on all sequences in schema public to ${ROLE};
      revoke insert, update, delete on _prisma_migrations from ${ROLE}`)
    const { rows } = await client.query(
      'select name from unnest($1::text[]) as name where to_regclass(name) is not null',
      [APPEND_ONLY],
    )
    for (const { name } of rows) await client.query(`revoke update, delete on ${name} from ${ROLE}`)
  } catch (error) {
    if (error.code !== NOT_PERMITTED) throw error // somebody else owns the tables, and grants
  }
  // Before version 16 every member could act as the role, and nobody had a word for it.
  const { rows } = await client.query(
    `select pg_has_role(current_user, $1,
       case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end) as ours`,
    [ROLE],
  )
  return rows[0].ours
}

async function makeRole(client) {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [ROLE])
  if (rows.length > 0) return true
  try {
    await client.query(`create role ${ROLE} nologin`)
    await client.query(`grant ${ROLE} to current_user`)
    return true
  } catch (error) {
    if (DUPLICATE.includes(error.code)) return true // another start made it at the same time
    if (error.code === NOT_PERMITTED) return false
    throw error
  }
}
