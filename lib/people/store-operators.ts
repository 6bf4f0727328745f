/** The SQL of operators. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { containing, type Writing } from './store-writing'

export const PAGE = 50

export interface OperatorRow {
  id: string
  username: string
  name: string
  facilityCode: string | null
  facilityName: string | null
  facilityDisabled: boolean | null
  district: string | null
  roles: string[]
  disabled: boolean
  mustChangePassword: boolean
  passwordExpiresAt: Date | null
  secondFactor: boolean
  secondFactorRequired: boolean
  external: boolean
  lastSignedInAt: Date | null
}

/** One page of operators by username, and one row more when there is another page. `q` is part of a name or facility. */
export function operatorPage(db: Statements, q: string, after: string): Promise<OperatorRow[]> {
  const found = q === '' ? Prisma.sql`true` : matching(containing(q))
  return operators(db, Prisma.sql`${found} and o.username > ${after} order by o.username limit ${PAGE + 1}`)
}

/** One operator; null when there is none. */
export async function operatorById(db: Statements, id: string): Promise<OperatorRow | null> {
  return (await operators(db, Prisma.sql`o.id = ${id}::uuid`))[0] ?? null
}

function matching(pattern: string): Prisma.Sql {
  return Prisma.sql`(o.username ilike ${pattern} or o.name ilike ${pattern} or f.name ilike ${pattern} or f.code ilike ${pattern})`
}

function operators(db: Statements, which: Prisma.Sql): Promise<OperatorRow[]> {
  return db.$queryRaw`
    select o.id, o.username, o.name, f.code as "facilityCode", f.name as "facilityName", f.disabled as "facilityDisabled",
           o.district, o.roles, o.disabled, o.must_change_password as "mustChangePassword",
           o.password_expires_at as "passwordExpiresAt", o.last_signed_in_at as "lastSignedInAt",
           exists (select 1 from second_factor s where s.operator_id = o.id and s.secret is not null) as "secondFactor",
           o.second_factor_required as "secondFactorRequired", o.external
    from operator o left join facility f on f.code = o.facility_code
    where ${which}`
}

export interface OperatorFacts {
  name: string
  facilityCode: string | null
  district: string | null
  roles: string[]
  secondFactorRequired: boolean
}

/** Writes a new operator who has to set an own password at the first sign-in. */
export async function insertOperator(
  db: Writing,
  facts: OperatorFacts & {
    id: string
    username: string
    passwordHash: string
    passwordExpiresAt: Date
    createdAt: Date
  },
): Promise<void> {
  await db.operator.create({ data: { ...facts, mustChangePassword: true } })
}

/** Changes what is given. */
export async function updateOperator(
  db: Writing,
  id: string,
  facts: Partial<
    OperatorFacts & { disabled: boolean; passwordHash: string; mustChangePassword: boolean; passwordExpiresAt: Date }
  >,
): Promise<void> {
  await db.operator.update({ where: { id }, data: facts })
}

/** The stored password of an operator, and what it must not be made of; null when there is no such operator. */
export async function passwordOf(
  db: Writing,
  id: string,
): Promise<{
  username: string
  name: string
  facilityName: string | null
  passwordHash: string
  mustChangePassword: boolean
  external: boolean
} | null> {
  const row = await db.operator.findUnique({
    where: { id },
    select: {
      username: true,
      name: true,
      passwordHash: true,
      mustChangePassword: true,
      external: true,
      facility: { select: { name: true } },
    },
  })
  return row && { ...row, facilityName: row.facility?.name ?? null }
}

/** Sets an own password, unless it was changed since `before` was read. */
export async function replacePassword(db: Writing, id: string, before: string, after: string): Promise<boolean> {
  const { count } = await db.operator.updateMany({
    where: { id, passwordHash: before, disabled: false },
    data: { passwordHash: after, mustChangePassword: false, passwordExpiresAt: null },
  })
  return count === 1
}
