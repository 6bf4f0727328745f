/** Who a session belongs to, read from the database each time: disabling somebody or moving them acts at once. */
import { createHash } from 'node:crypto'
import type { Database } from '@/lib/db'
import type { SessionToken } from './session-cookie'

export interface CurrentOperator {
  id: string
  username: string
  name: string
  /** null = acts for all facilities. */
  facility: { code: string; name: string } | null
  administrator: boolean
  /** Signed in with a one-time password: an own one has to be set before anything else. */
  mustChangePassword: boolean
}

/** The operator of a session; null when disabled, gone, of a disabled facility, or the password was changed since. */
export async function operatorOf(db: Database, token: SessionToken): Promise<CurrentOperator | null> {
  const row = await db.operator.findUnique({ where: { id: token.sub }, include: { facility: true } })
  if (!row || row.disabled || row.facility?.disabled || passwordMark(row.passwordHash) !== token.passwordMark)
    return null
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    facility: row.facility ? { code: row.facility.code, name: row.facility.name } : null,
    administrator: row.administrator,
    mustChangePassword: row.mustChangePassword,
  }
}

/** A short mark of the stored password hash, for the session token. */
export function passwordMark(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url').slice(0, 16)
}
