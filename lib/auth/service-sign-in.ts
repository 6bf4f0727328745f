/** Signing in through the sign-in service (OpenID Connect): who somebody is here, by issuer and subject alone. */
import { randomBytes } from 'node:crypto'
import type { Config } from '@/lib/config'
import type { Database } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { needsSecondFactor } from './operator'
import { standingOf, textsAt, type Standing } from './claims'
import { hashPassword } from './passwords'
import { normalUsername } from './sign-in'
import { seal, unseal } from './seal'
import { startSession } from './sessions'

export interface ServiceSignIn {
  issuer: string
  claims: Record<string, unknown>
  idToken: string | null
  address: string | null
  userAgent: string | null
  /** The operator who is signed in with an own account and wants to connect it; null = nobody does. */
  linkTo: string | null
}

/** Why somebody whom the service let in does not get in here. */
export type ServiceRefusal =
  | 'no-role'
  | 'no-facility'
  | 'unknown-facility'
  | 'disabled-facility'
  | 'disabled'
  | 'username-taken'
  | 'linked-elsewhere'
  | 'second-factor'
  | 'not-asked'

export interface EnteredOperator {
  id: string
  name: string
  passwordHash: string
  sessionId: string
}

interface ServiceContext {
  db: Database
  /** How the service is asked. */
  oidc: Pick<NonNullable<Config['oidc']>, 'acrValues' | 'prompt'>
  claims: Config['claims']
  secret: string
  now: Date
  uuid: () => string
}

/**
 * Begins a session for the person of these claims. An identity that was seen before is that operator; a new one becomes a
 * new operator, or is connected to the one who is signed in and asked for it. Never is an existing account found by name or
 * e-mail address: who could choose those at the service would get in as somebody else.
 */
export async function enterByService(
  context: ServiceContext,
  given: ServiceSignIn,
): Promise<EnteredOperator | ServiceRefusal> {
  const standing = standingOf(given.claims, context.claims)
  if (typeof standing === 'string') return standing
  if (!askedNow(context, given.claims)) return 'not-asked'
  const found = await context.db.$transaction(async (db) => {
    const facility = await facilityRefusal(db, standing)
    return facility ?? (await operatorFor(context, db, given, standing))
  })
  if (typeof found === 'string') return found
  if (needsSecondFactor(found) && !hadSecondFactor(context, given.claims)) return 'second-factor'
  const { now, secret } = context
  const id = context.uuid()
  const idToken = given.idToken === null ? undefined : sealedIdToken(secret, id, given.idToken)
  const { address, userAgent } = given
  const session = { id, operatorId: found.id, method: 'oidc' as const, userAgent, address, at: now, idToken }
  await startSession(context.db, session)
  return { ...found, sessionId: id }
}

/** Values of amr that only a second factor gives (RFC 8176, section 2). */
const SECOND_FACTORS = ['mfa', 'mca', 'otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'fpt', 'face', 'iris', 'retina', 'vbm']

/** Whether the service says that there was a second factor. One that says nothing is taken to have asked for a password alone. */
function hadSecondFactor({ oidc }: ServiceContext, claims: Record<string, unknown>): boolean {
  return (
    textsAt(claims, 'amr').some((one) => SECOND_FACTORS.includes(one)) ||
    textsAt(claims, 'acr').some((one) => oidc.acrValues.includes(one))
  )
}

const JUST_SECONDS = 5 * 60

/** Whether somebody typed something at the service just now, where it is to ask each time; some services do not say when. */
function askedNow({ oidc, now }: ServiceContext, { auth_time: at }: Record<string, unknown>): boolean {
  return oidc.prompt !== 'login' || typeof at !== 'number' || now.getTime() / 1000 - at < JUST_SECONDS
}

/** The ID token with which a session began, for signing out at the service; null for other sessions. */
export async function idTokenOf(db: Database, secret: string, sessionId: string): Promise<string | null> {
  const row = await db.operatorSession.findUnique({ where: { id: sessionId }, select: { idToken: true } })
  return row?.idToken ? unseal(secret, nameOf(sessionId), row.idToken) : null
}

/** An ID token as a session keeps it. */
export function sealedIdToken(secret: string, sessionId: string, idToken: string): Uint8Array<ArrayBuffer> {
  return seal(secret, nameOf(sessionId), idToken, randomBytes)
}

type Writing = Prisma.TransactionClient

async function facilityRefusal(db: Writing, { facilityCode }: Standing): Promise<ServiceRefusal | null> {
  if (facilityCode === null) return null
  const facility = await db.facility.findUnique({ where: { code: facilityCode } })
  if (!facility) return 'unknown-facility'
  return facility.disabled ? 'disabled-facility' : null
}

async function operatorFor(context: ServiceContext, db: Writing, given: ServiceSignIn, standing: Standing) {
  const { issuer, claims, linkTo } = given
  const subject = String(claims.sub)
  // Two sign-ins of a person at once make one operator.
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${issuer}\n${subject}`}, 7311003))`
  const known = await db.operatorIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    include: { operator: { include: { facility: true } } },
  })
  if (known && linkTo !== null && known.operatorId !== linkTo) return 'linked-elsewhere'
  if (known) return returning(context, db, known.operator, given, standing)
  if (linkTo !== null) return link(context, db, given, linkTo)
  return add(context, db, given, standing)
}

type Known = Prisma.OperatorGetPayload<{ include: { facility: true } }>

/** Facts of an operator who comes through the service alone follow its claims; those of a connected account stay ours. */
async function returning(
  context: ServiceContext,
  db: Writing,
  operator: Known,
  { claims }: ServiceSignIn,
  standing: Standing,
) {
  if (operator.disabled) return 'disabled'
  if (!operator.external) return operator.facility?.disabled ? 'disabled-facility' : operator
  const facts = { name: nameIn(claims) ?? operator.name, ...standing }
  const before = (key: string) => operator[key as keyof typeof facts]
  // Texts, null and lists of texts in one order.
  const changed = Object.entries(facts).filter(([key, value]) => JSON.stringify(before(key)) !== JSON.stringify(value))
  if (changed.length === 0) return operator
  const changes = Object.fromEntries(changed.map(([key, value]) => [key, [before(key), value]]))
  await audit(context, db, operator, 'operator.changed', { changes, by: 'sign-in service' })
  return db.operator.update({ where: { id: operator.id }, data: facts })
}

async function add(context: ServiceContext, db: Writing, { issuer, claims }: ServiceSignIn, standing: Standing) {
  const subject = String(claims.sub)
  const username = normalUsername(textsAt(claims, 'preferred_username')[0] ?? subject)
  if (await db.operator.findUnique({ where: { username } })) return 'username-taken'
  const operator = await db.operator.create({
    data: {
      id: context.uuid(),
      username,
      name: nameIn(claims) ?? username,
      // Nobody knows it: this account has no password.
      passwordHash: await hashPassword(randomBytes(32).toString('base64')),
      external: true,
      createdAt: context.now,
      ...standing,
      identities: { create: { issuer, subject, linkedAt: context.now } },
    },
  })
  await audit(context, db, operator, 'operator.added', { username, ...standing, by: 'sign-in service' })
  return operator
}

async function link(context: ServiceContext, db: Writing, { issuer, claims }: ServiceSignIn, operatorId: string) {
  const operator = await db.operator.findUnique({ where: { id: operatorId }, include: { facility: true } })
  if (!operator || operator.disabled) return 'disabled'
  if (operator.facility?.disabled) return 'disabled-facility'
  const subject = String(claims.sub)
  await db.operatorIdentity.create({ data: { issuer, subject, operatorId, linkedAt: context.now } })
  await audit(context, db, operator, 'operator.linked', { issuer })
  return operator
}

async function audit(
  { now }: ServiceContext,
  db: Writing,
  { id, name }: { id: string; name: string },
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    values (${now}, ${action}, 'operator', ${id}, ${name}, ${JSON.stringify({ operatorId: id, ...detail })}::jsonb)`
}

function nameIn(claims: Record<string, unknown>): string | null {
  const name = textsAt(claims, 'name')[0]
    ?.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 120)
  return name || null
}

function nameOf(sessionId: string): string[] {
  return ['errata id token', sessionId]
}
