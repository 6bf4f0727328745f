/** The SQL of the own account. */
import type { Database, Statements } from '@/lib/db'

export interface OwnAccount {
  id: string
  username: string
  name: string
  passwordHash: string
  roles: readonly string[]
  secondFactorRequired: boolean
  /** Comes through the sign-in service alone: has no password here. */
  external: boolean
  /** Issuers of the sign-in services it is connected with. */
  issuers: string[]
}

/** The account of an operator; null when there is none. */
export async function ownAccount(db: Database, id: string): Promise<OwnAccount | null> {
  const row = await db.operator.findUnique({ where: { id }, include: { identities: { select: { issuer: true } } } })
  if (!row) return null
  const { username, name, passwordHash, roles, secondFactorRequired, external, identities } = row
  const issuers = identities.map(({ issuer }) => issuer)
  return { id, username, name, passwordHash, roles, secondFactorRequired, external, issuers }
}

/** Forgets who somebody with a password of their own is at the sign-in services; answers the issuers. */
export async function deleteIdentities(db: Statements, operatorId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ issuer: string }[]>`
    delete from operator_identity i using operator o
    where o.id = i.operator_id and o.id = ${operatorId}::uuid and not o.external
    returning i.issuer`
  return rows.map(({ issuer }) => issuer)
}
