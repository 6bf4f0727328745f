/** Reads the signed hashes of days, as `npm run audit:verify` needs them. */

/**
 * Every signature, in the order of days; none where the database is older than signatures.
 * @param {import('./store-chain.mjs').Ask} ask
 * @returns {Promise<{ day: string, signed: string }[]>}
 */
export async function readSignatures(ask) {
  const [table] = await ask("select to_regclass('audit_root') is not null as there", [])
  if (!table.there) return []
  return ask("select to_char(day, 'YYYY-MM-DD') as day, signed from audit_root r order by r.day, r.at", [])
}
