/** The trust list, for administrators: which other issuers' certificates our verifiers accept. */
import bs58 from 'bs58'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { differences, nameTaken, writeAudit, writingPeople } from '@/lib/people/store-writing'
import { didDocument } from '@/lib/signing/did-document'
import { isNameOfOurs } from '@/lib/signing/did-web'
import { loadPublishedKeys } from '@/lib/signing/keys'
import { keyOfDidKey } from '@/lib/signing/multikey'
import { isSandboxKeyName } from '@/lib/signing/sandbox'
import { isUsable } from '@/lib/verification/detached-jws'
import { trustedKeysOf } from '@/lib/verification/issuer-keys'
import { fingerprintOf, KEY_PROBLEMS, readKeys, type HandedKey } from '@/lib/verification/key-text'
import type { TrustedIssuerView } from './answers'
import { insertTrust, PAGE, trustById, trustByKey, trustPage, updateTrust, type TrustRow } from './store'

/** A page of the list, by name. */
export async function listTrusted(context: Context, { q = '', after = '' }) {
  const rows = await trustPage(context.db, q.trim(), after)
  const page = rows.slice(0, PAGE)
  return { issuers: page.map(viewOf), next: rows.length > PAGE ? page.at(-1)!.id : null }
}

/** One key. Refusal: NOT_FOUND. */
export async function oneTrusted(context: Context, issuerId: string): Promise<TrustedIssuerView> {
  return viewOf(await found(context.db, issuerId))
}

/**
 * Adds every key in `keys` (PEM, base58, JWK or a DID document), all or none. `verificationMethod` names the keys of texts
 * that do not; a document's own names win. Refusals: VALIDATION_ERROR naming the field, NAME_TAKEN for a key that is
 * trusted already.
 */
export async function addTrusted(
  context: Context,
  caller: Caller,
  given: { name: string; keys: string; verificationMethod: string; note: string },
): Promise<{ issuers: TrustedIssuerView[] }> {
  const keys = namedKeys(given.keys, given.verificationMethod)
  await requireForeign(context, keys)
  await requireUsable(keys)
  return writingPeople(context, async (db) => {
    const [known] = await trustByKey(
      db,
      keys.map(({ publicKey }) => publicKey),
    )
    if (known)
      throw nameTaken(
        'keys',
        `${keys.length > 1 ? 'One of these keys' : 'This key'} is in the list already, as ${known.name}.`,
      )
    const added: TrustRow[] = keys.map((key) => ({
      ...key,
      id: context.uuid(),
      name: given.name,
      note: given.note,
      disabled: false,
      createdAt: context.now(),
      createdByName: caller.name,
    }))
    for (const row of added) {
      await insertTrust(db, row)
      const { id, name, verificationMethod, algorithm } = row
      const detail = { issuerId: id, name, verificationMethod, algorithm, fingerprint: fingerprintOf(row) }
      await writeAudit(db, caller, context.now(), { action: 'trust.added', detail })
    }
    return { issuers: added.map(viewOf) }
  })
}

/** Changes what is given and leaves the rest; the key itself never changes. Refusal: NOT_FOUND. */
export async function changeTrusted(
  context: Context,
  caller: Caller,
  issuerId: string,
  given: { name?: string; note?: string; disabled?: boolean },
): Promise<TrustedIssuerView> {
  return writingPeople(context, async (db) => {
    const before = await found(db, issuerId)
    const changes = differences({ ...before }, given)
    if (Object.keys(changes).length === 0) return viewOf(before)
    await updateTrust(db, issuerId, given)
    await writeAudit(db, caller, context.now(), { action: 'trust.changed', detail: { issuerId, changes } })
    return viewOf(await found(db, issuerId))
  })
}

type NamedKey = HandedKey & { verificationMethod: string }

function namedKeys(text: string, verificationMethod: string): NamedKey[] {
  const read = readKeys(text)
  if ('problem' in read) throw wrong('keys', KEY_PROBLEMS[read.problem])
  return read.keys.map((key) => {
    const name = key.verificationMethod ?? verificationMethod
    const field = key.verificationMethod === null ? 'verificationMethod' : 'keys'
    if (name === '')
      throw wrong(field, 'The key does not say what certificates call it: name it, for example did:example.')
    if (!NAME.test(name))
      throw wrong(field, 'The name of a key is an address without spaces, for example did:example#key-1.')
    if (name.startsWith('did:key:') && !isDidKeyOf(name, key))
      throw wrong(field, 'A did:key is the name of the key that it consists of, and of no other.')
    if (isSandboxKeyName(name))
      throw wrong(field, 'This is the name of a test key. Its certificates are tests, and prove nothing.')
    return { ...key, verificationMethod: name }
  })
}

function isDidKeyOf(name: string, { algorithm, publicKey }: HandedKey): boolean {
  const did = name.split('#')[0]!
  const named = keyOfDidKey(`${did}#${did.slice('did:key:'.length)}`)
  const x = named?.export({ format: 'jwk' }).x
  return algorithm === 'ED25519' && x !== undefined && bs58.encode(Buffer.from(x, 'base64url')) === publicKey
}

/** An absolute address; signatures name nothing else. */
const NAME = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{C}]{1,400}$/iu

/** What cannot be imported would be in the way of every check. */
async function requireUsable(keys: NamedKey[]): Promise<void> {
  for (const { keys: issuerKeys } of trustedKeysOf({ issuers: keys.map((key) => ({ ...key, name: '' })) })) {
    for (const key of issuerKeys) if (!(await isUsable(key))) throw wrong('keys', KEY_PROBLEMS.unreadable)
  }
}

/** Our own keys are published by us: what they signed is looked up in our registry. */
async function requireForeign({ settings }: Context, keys: NamedKey[]): Promise<void> {
  const own = readKeys(JSON.stringify(didDocument(await loadPublishedKeys(settings), settings)))
  if ('problem' in own) throw new Error('Our own DID document holds no key.')
  const ours = new Set(own.keys.map(({ publicKey }) => publicKey))
  if (keys.some(({ publicKey }) => ours.has(publicKey))) {
    throw wrong('keys', 'This is a key of this installation. Its certificates are accepted already.')
  }
  // Other issuers may well share our CERTIFICATE_DID: our own keys are tried first. A did:web has one owner.
  if (keys.some(({ verificationMethod }) => isNameOfOurs(verificationMethod, settings.publicUrl))) {
    throw wrong('verificationMethod', 'This is a name of this installation, which no other key may have.')
  }
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: `/${field}`, code: 'VALIDATION_ERROR', message }])
}

async function found(db: Statements, issuerId: string): Promise<TrustRow> {
  const row = await trustById(db, issuerId)
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such issuer in the list.')
  return row
}

function viewOf({ id, createdAt, ...row }: TrustRow): TrustedIssuerView {
  return { ...row, issuerId: id, fingerprint: fingerprintOf(row), createdAt: createdAt.toISOString() }
}
