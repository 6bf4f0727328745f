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
  const row = await openSession(db, token)
  if (!row || row.disabled || row.facilityDisabled || passwordMark(row.passwordHash) !== token.passwordMark) return null
  const { id, username, name, facilityCode, facilityName, district, external, sessionId, lastSeenAt, provedAt } = row
  const roles = rolesIn(row.roles)
  return {
    id,
    username,
    name,
    facility: facilityCode === null ? null : { code: facilityCode, name: facilityName! },
    district,
    facilities: dealsWithRecords(roles) ? await facilitiesOf(db, row) : [],
    roles,
    // Neither is asked of whoever came through the sign-in service: no password was typed, and the service asks for its own
    // second factor. Connecting the two takes both, and resetting either of them disconnects.
    mustChangePassword: row.mustChangePassword && row.method !== 'oidc',
    secondFactorDue: row.method !== 'oidc' && !row.hasSecondFactor && needsSecondFactor(row),
    external,
    session: { id: sessionId, lastSeenAt, provedAt },
  }
}

interface OpenSession {
  id: string
  username: string
  name: string
  passwordHash: string
  disabled: boolean
  roles: string[]
  district: string | null
  mustChangePassword: boolean
  secondFactorRequired: boolean
  external: boolean
  facilityCode: string | null
  facilityName: string | null
  facilityDisabled: boolean | null
  hasSecondFactor: boolean
  sessionId: string
  method: string
  lastSeenAt: Date
  provedAt: Date
}

/** A session that nobody has ended, with whose it is: one statement, for it is asked at each request of a person. */
async function openSession(
  db: Pick<Database, '$queryRaw'>,
  { sid, sub }: SessionToken,
): Promise<OpenSession | undefined> {
  const [row] = await db.$queryRaw<OpenSession[]>`
    select o.id, o.username, o.name, o.password_hash as "passwordHash", o.disabled, o.roles, o.district,
      o.must_change_password as "mustChangePassword", o.second_factor_required as "secondFactorRequired", o.external,
      f.code as "facilityCode", f.name as "facilityName", f.disabled as "facilityDisabled",
      sf.confirmed_at is not null as "hasSecondFactor",
      s.id as "sessionId", s.method, s.last_seen_at as "lastSeenAt", coalesce(s.proved_at, s.started_at) as "provedAt"
    from operator_session s
    join operator o on o.id = s.operator_id
    left join facility f on f.code = o.facility_code
    left join second_factor sf on sf.operator_id = o.id
    where s.id = ${sid}::uuid and s.operator_id = ${sub}::uuid and s.ended_at is null`
  return row
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
