/** What every installation on one database has to have in common, and which of it a machine must not make up by itself. */
import { scryptSync } from 'node:crypto'

/**
 * Refuses a start whose secrets cannot be those of the others.
 * @param {ReturnType<typeof import('./settings.mjs').startSettings>} settings
 * @param {Record<string, string | undefined>} given the environment as it was given
 * @throws with a sentence that names the settings
 */
export function requireSharedSettings({ roles, isWhole }, given) {
  if (isWhole) return
  const needs = {
    NEXTAUTH_SECRET: roles.includes('web') || (roles.includes('worker') && !given.WEBHOOKS_SECRET),
    // In every certificate of the second form, and in every address that is handed out.
    PUBLIC_URL: roles.includes('web') || roles.includes('worker'),
  }
  const missing = Object.keys(needs).filter((name) => needs[name] && !given[name])
  if (missing.length === 0) return
  throw new Error(
    `ROLES=${roles} leaves some work to other processes, and what they have in common has to be given to each of them: set ${missing.join(' and ')} to the same everywhere.`,
  )
}

/**
 * Of a database that others may work on too: a secret that this machine made up by itself has to be the one that the
 * first of them made up, or was given. A secret that is given replaces the one before.
 * @param {string} url
 * @param {{ given: string | undefined, used: string, file: string }} secret of the sessions: NEXTAUTH_SECRET
 * @throws with a sentence that names the setting
 */
export async function requireSameSecret(url, { given, used, file }) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const mark = markOf(used)
    const { rows } = await client.query(
      `insert into in_common (name, mark, at) values ('NEXTAUTH_SECRET', $1, now())
       on conflict (name) do update
         set mark = case when $2 then excluded.mark else in_common.mark end,
             at = case when $2 and in_common.mark <> excluded.mark then excluded.at else in_common.at end
       returning mark`,
      [mark, Boolean(given)],
    )
    if (rows[0].mark === mark) return
  } finally {
    await client.end()
  }
  throw new Error(
    `Another installation works on this database with another NEXTAUTH_SECRET than the one that this machine made (${file}): people who signed in there would be strangers here, and what is encrypted there could not be read. Set NEXTAUTH_SECRET to the same on all machines.`,
  )
}

/** Tells two secrets apart and is of no use for finding one. */
function markOf(secret) {
  return scryptSync(secret, 'errata: in common', 16, { N: 32768, r: 8, maxmem: 64 * 1024 * 1024 }).toString('base64url')
}
