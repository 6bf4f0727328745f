/** The second factor of an operator: codes of an app, each once, and recovery codes, each once. */
import { randomBytes } from 'node:crypto'
import { config } from '@/lib/config'
import type { Statements } from '@/lib/db'
import { hashPassword, passwordFits } from './passwords'
import { isRecoveryCode, makeRecoveryCodes, plainCode } from './recovery-codes'
import { seal, unseal } from './seal'
import { makeTotpSecret, matchingStep } from './totp'

export interface SecondFactorState {
  /** null = none. */
  confirmedAt: Date | null
  codesLeft: number
}

/** Whether an operator has one, and how many recovery codes are left. */
export async function secondFactorOf(db: Statements, operatorId: string): Promise<SecondFactorState> {
  const [row] = await db.$queryRaw<SecondFactorState[]>`
    select (select confirmed_at from second_factor where operator_id = ${operatorId}::uuid) as "confirmedAt",
           (select count(*)::int from recovery_code where operator_id = ${operatorId}::uuid and used_at is null) as "codesLeft"`
  return row!
}

/**
 * Whether this is a code of the operator's app or one of the recovery codes, and which of them; it is used up by that, in
 * one statement, so that of two who send the same code one gets in. null = neither.
 */
export async function redeemCode(
  db: Statements,
  operatorId: string,
  code: string,
  now: Date,
): Promise<'second_factor' | 'recovery_code' | null> {
  if (isRecoveryCode(code)) return (await redeemRecoveryCode(db, operatorId, code, now)) ? 'recovery_code' : null
  const [row] = await db.$queryRaw<{ secret: Uint8Array; lastStep: bigint }[]>`
    select secret, last_step as "lastStep" from second_factor
    where operator_id = ${operatorId}::uuid and secret is not null`
  const key =
    row && (unseal(secret(), nameOf(operatorId), row.secret) ?? (await movedSecret(db, operatorId, row.secret)))
  if (row && key === null) throw new Error('A second factor cannot be read: SECOND_FACTOR_SECRET is not what it was.')
  const step = key ? matchingStep(key, code, now, Number(row!.lastStep)) : null
  if (step === null) return null
  const used = await db.$executeRaw`
    update second_factor set last_step = ${step} where operator_id = ${operatorId}::uuid and last_step < ${step}`
  return used === 1 ? 'second_factor' : null
}

/** A secret that the former SECOND_FACTOR_SECRET encrypted, encrypted with the present one from now on; null = it was not. */
async function movedSecret(db: Statements, operatorId: string, sealed: Uint8Array): Promise<string | null> {
  const { secretBefore } = config().secondFactor
  const key = secretBefore ? unseal(secretBefore, nameOf(operatorId), sealed) : null
  if (key === null) return null
  const anew = seal(secret(), nameOf(operatorId), key, randomBytes)
  await db.$executeRaw`update second_factor set secret = ${anew} where operator_id = ${operatorId}::uuid and secret = ${sealed}`
  return key
}

/** Each code has a salt of its own: the ones that are left are tried one after the other. */
async function redeemRecoveryCode(db: Statements, operatorId: string, code: string, now: Date): Promise<boolean> {
  const left = await db.$queryRaw<{ hash: string }[]>`
    select hash from recovery_code where operator_id = ${operatorId}::uuid and used_at is null`
  for (const { hash } of left) {
    if (!(await passwordFits(hash, plainCode(code)))) continue
    const used = await db.$executeRaw`
      update recovery_code set used_at = ${now}
      where operator_id = ${operatorId}::uuid and hash = ${hash} and used_at is null`
    return used === 1
  }
  return false
}

/** Makes a secret that counts once a code of it was typed; one that was begun before is forgotten. Answers it in base32. */
export async function beginSecondFactor(
  db: Statements,
  operatorId: string,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const key = makeTotpSecret(random)
  const sealed = seal(secret(), nameOf(operatorId), key, random)
  await db.$executeRaw`
    insert into second_factor (operator_id, pending) values (${operatorId}::uuid, ${sealed})
    on conflict (operator_id) do update set pending = excluded.pending`
  return key
}

/** Makes the begun secret the one that counts, if this is a code of it. false = it is not, or nothing was begun. */
export async function confirmSecondFactor(
  db: Statements,
  operatorId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ pending: Uint8Array }[]>`
    select pending from second_factor where operator_id = ${operatorId}::uuid and pending is not null for update`
  const key = row && unseal(secret(), nameOf(operatorId), row.pending)
  const step = key ? matchingStep(key, code, now, 0) : null
  if (step === null) return false
  await db.$executeRaw`
    update second_factor set secret = pending, pending = null, last_step = ${step}, confirmed_at = ${now}
    where operator_id = ${operatorId}::uuid`
  return true
}

/** Removes the second factor and its recovery codes; false when there was none. */
export async function removeSecondFactor(db: Statements, operatorId: string): Promise<boolean> {
  await db.$executeRaw`delete from recovery_code where operator_id = ${operatorId}::uuid`
  const rows = await db.$queryRaw<{ confirmed: boolean }[]>`
    delete from second_factor where operator_id = ${operatorId}::uuid returning confirmed_at is not null as confirmed`
  return rows[0]?.confirmed ?? false
}

/** A new set of recovery codes; the old ones are refused from now on. They are told this once. */
export async function newRecoveryCodes(
  db: Statements,
  operatorId: string,
  random: (bytes: number) => Uint8Array,
): Promise<string[]> {
  const codes = makeRecoveryCodes(random)
  const hashes = await Promise.all(codes.map((code) => hashPassword(plainCode(code))))
  await db.$executeRaw`delete from recovery_code where operator_id = ${operatorId}::uuid`
  await db.$executeRaw`
    insert into recovery_code (operator_id, hash) select ${operatorId}::uuid, hash from unnest(${hashes}::text[]) as hash`
  return codes
}

function nameOf(operatorId: string): string[] {
  return ['errata second factor', operatorId]
}

/** Throws an Error when the installation has none (npm start makes one). */
function secret(): string {
  const { secret } = config().secondFactor
  if (!secret)
    throw new Error('SECOND_FACTOR_SECRET or NEXTAUTH_SECRET must be set (npm start makes one and keeps it).')
  return secret
}
