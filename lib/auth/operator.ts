/** Who a session belongs to, read from the database each time: disabling somebody, moving them or ending the session acts at once. */
import { createHash } from 'node:crypto'
import { config } from '@/lib/config'
import type { Database } from '@/lib/db'
import { facilitiesOf } from './facilities'
import { dealsWithRecords, rolesIn, type Role } from './roles'
import type { SessionToken } from './session-cookie'

export interface CurrentOperator {
  id: string
  username: string
  name: string
  /** The home facility; null = none. */
  facility: { code: string; name: string } | null
  /** Of a supervisor: the district; null = none. */
  district: string | null
  /** Whose certificates the person may see and change; null = all facilities'. */
  facilities: readonly string[] | null
  roles: readonly Role[]
  /** Signed in with a one-time password: an own one has to be set before anything else. */
  mustChangePassword: boolean
  /** Has to set up a second factor before anything else. */
  secondFactorDue: boolean
  /** Comes through the sign-in service alone. */
  external: boolean
  /** `provedAt`: when the person last said who they are. */
  session: { id: string; lastSeenAt: Date; provedAt: Date }
}

/** The operator of a session; null when it was ended, or they are disabled, of a disabled facility, or the password was changed since. */
export async function operatorOf(db: Database, token: SessionToken): Promise<CurrentOperator | null> {
  const session = await db.operatorSession.findUnique({
    where: { id: token.sid },
    include: { operator: { include: { facility: true, secondFactor: { select: { confirmedAt: true } } } } },
  })
  if (!session || session.endedAt || session.operatorId !== token.sub) return null
  const row = session.operator
  const roles = rolesIn(row.roles)
  if (row.disabled || row.facility?.disabled || passwordMark(row.passwordHash) !== token.passwordMark) return null
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    facility: row.facility ? { code: row.facility.code, name: row.facility.name } : null,
    district: row.district,
    facilities: dealsWithRecords(roles) ? await facilitiesOf(db, row) : [],
    roles,
    // Neither is asked of whoever came through the sign-in service: no password was typed, and the service asks for its own
    // second factor. Connecting the two takes both, and resetting either of them disconnects.
    mustChangePassword: row.mustChangePassword && session.method !== 'oidc',
    secondFactorDue: session.method !== 'oidc' && !row.secondFactor?.confirmedAt && needsSecondFactor(row),
    external: row.external,
    session: { id: session.id, lastSeenAt: session.lastSeenAt, provedAt: session.provedAt ?? session.startedAt },
  }
}

/** Whether somebody has to have a second factor: an administrator wants it of them, or the setting of them all. */
export function needsSecondFactor(operator: { roles: readonly string[]; secondFactorRequired: boolean }): boolean {
  const { required } = config().secondFactor
  return (
    operator.secondFactorRequired ||
    required === 'everybody' ||
    (required === 'administrators' && operator.roles.includes('administrator'))
  )
}

/** A short mark of the stored password hash, for the session token. */
export function passwordMark(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url').slice(0, 16)
}
