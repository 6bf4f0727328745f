/** The SQL of the keys that all installations on one database share. Public halves; of the test key the private one too. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Database, Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Endorsement } from '@/lib/signing/endorsement'
import { typeOf, type KeyType } from '@/lib/signing/keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'

/** "errata issuer keys" as a number: who takes a key into use does it before or after another one, never between. */
const KEYS_LOCK = 7_263_548_182

/** "errata first keys" as a number: of workers that start at once the second finds the key of the first. */
const FIRST_KEYS_LOCK = 7_263_548_183

/** Runs this for one worker at a time. */
export function oneAtATime<Result>(db: Database, work: () => Promise<Result>): Promise<Result> {
  return db.$transaction(
    async (tx) => {
      // Making keys takes seconds on a busy machine: longer than locks are waited for otherwise.
      await tx.$executeRaw`
        select set_config('lock_timeout', '25s', true), set_config('statement_timeout', '25s', true),
               set_config('idle_in_transaction_session_timeout', '60s', true)`
      await tx.$executeRaw`select pg_advisory_xact_lock(${FIRST_KEYS_LOCK}::bigint)`
      return work()
    },
    { timeout: 60_000 },
  )
}

export interface SharedKey {
  thumbprint: string
  type: KeyType
  sandbox: boolean
  key: KeyObject
  /** What certificates are signed with now. */
  signs: boolean
  withdrawn: boolean
}

/** Every key that any installation has published. `onFalse` hears of rows whose key is not the one that they name. */
export async function sharedKeys(
  db: Statements,
  onFalse: (thumbprint: string) => void = () => {},
): Promise<SharedKey[]> {
  const rows = await db.$queryRaw<(Omit<SharedKey, 'key'> & { pem: string })[]>`
    select thumbprint, type, sandbox, public_key as pem, signs, withdrawn_at is not null as withdrawn
    from issuer_key order by thumbprint`
  return rows.flatMap(({ pem, ...row }) => {
    const key = keyOf(pem)
    if (key && thumbprintOf(key) === row.thumbprint && typeOf(key) === row.type) return [{ ...row, key }]
    onFalse(row.thumbprint)
    return []
  })
}

/** Adds public keys that signed or will sign. What is known already stays as it is, but for a row with another key. */
export async function addKeys(db: Statements, keys: Pick<SharedKey, 'key' | 'type' | 'sandbox'>[], at: Date) {
  const rows = keys.map(({ key, type, sandbox }) => ({ thumbprint: thumbprintOf(key), type, sandbox, pem: pemOf(key) }))
  await db.$executeRaw`
    insert into issuer_key (thumbprint, type, sandbox, public_key, signs, added_at)
    select distinct on (k.thumbprint) k.thumbprint, k.type, k.sandbox, k.pem, false, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(thumbprint text, type text, sandbox boolean, pem text)
    on conflict (thumbprint) do update
    set public_key = excluded.public_key, type = excluded.type, signs = false
    where issuer_key.public_key <> excluded.public_key or issuer_key.type <> excluded.type`
}

/** What keys say of keys. Nothing here is checked: anybody may have written it. */
export function keyEndorsements(db: Statements): Promise<Endorsement[]> {
  return db.$queryRaw`
    select thumbprint, state, endorser, signature from issuer_key_endorsement order by thumbprint, state, endorser`
}

/** In the place of what stood there. */
export async function addEndorsements(db: Statements, endorsements: Endorsement[]): Promise<void> {
  await db.$executeRaw`
    insert into issuer_key_endorsement (thumbprint, state, endorser, signature)
    select distinct on (e.thumbprint, e.state, e.endorser) e.thumbprint, e.state, e.endorser, e.signature
    from jsonb_to_recordset(${JSON.stringify(endorsements)}::jsonb)
      as e(thumbprint text, state text, endorser text, signature text)
    on conflict (thumbprint, state, endorser) do update set signature = excluded.signature`
}

/** A worker that says nothing for so long signs no more; the living say it more often. */
const USED_WITHIN_SECONDS = 60

/**
 * From now on, or still, this is the key that signs; the one before stays published. False, and nothing is changed, for a
 * key that was replaced by one with which a worker signs at this time: so a worker that comes back with its old key takes
 * nothing over, and when everybody has gone back to it, it counts again.
 */
export async function takeIntoUse(db: Database, { key, type }: Pick<SharedKey, 'key' | 'type'>, at: Date) {
  const thumbprint = thumbprintOf(key)
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${KEYS_LOCK}::bigint)`
    await addKeys(tx, [{ key, type, sandbox: false }], at)
    const [row] = await tx.$queryRaw<{ replaced: boolean }[]>`
      select exists(
        select 1 from issuer_key mine, issuer_key newer
        where mine.thumbprint = ${thumbprint} and mine.first_used_at < newer.first_used_at
          and newer.type = ${type} and newer.signs and not newer.sandbox
          and newer.last_used_at > now() - make_interval(secs => ${USED_WITHIN_SECONDS}::int)) as replaced`
    if (row!.replaced) return false
    // Two statements: the index that allows one of a type is checked row by row.
    await tx.$executeRaw`
      update issuer_key set signs = false
      where not sandbox and type = ${type} and signs and thumbprint <> ${thumbprint}`
    await tx.$executeRaw`
      update issuer_key set signs = true, first_used_at = coalesce(first_used_at, now()), last_used_at = now()
      where thumbprint = ${thumbprint} and withdrawn_at is null`
    return true
  })
}

/** Whether another key of this type signs now: what that one has signed is not to be signed again with this one. */
export function anotherSigns(thumbprint: string, type: KeyType): Prisma.Sql {
  return Prisma.sql`exists(
    select 1 from issuer_key k where k.signs and not k.sandbox and k.type = ${type} and k.thumbprint <> ${thumbprint})`
}

/** Notes that a key counts no longer. */
export async function withdrawShared(db: Statements, thumbprints: string[], at: Date): Promise<void> {
  await db.$executeRaw`
    update issuer_key set signs = false, withdrawn_at = ${at}
    where thumbprint = any(${thumbprints}) and withdrawn_at is null`
}

/** The one key of tests of this type: the given one where there was none. */
export async function testKey(db: Database, type: KeyType, mine: KeyObject, at: Date): Promise<KeyObject> {
  const key = createPublicKey(mine)
  const pem = mine.export({ type: 'pkcs8', format: 'pem' }) as string
  await db.$executeRaw`
    insert into issuer_key (thumbprint, type, sandbox, public_key, private_key, signs, added_at)
    values (${thumbprintOf(key)}, ${type}, true, ${pemOf(key)}, ${pem}, true, ${at})
    on conflict do nothing`
  const [row] = await db.$queryRaw<{ pem: string }[]>`
    select private_key as pem from issuer_key where sandbox and type = ${type} and signs`
  return createPrivateKey(row!.pem)
}

/** Undefined for what is no key of an issuer. */
function keyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }) as string
}
