/** The keys that the VC API checks proofs with besides did:key: our own of now and before, and those of trusted issuers. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { isNameOfOurs, verificationMethod2 } from '@/lib/signing/did-web'
import { loadPublishedKeys } from '@/lib/signing/keys'
import { multikeyOf } from '@/lib/signing/multikey'
import { trustedKeys } from '@/lib/trust/keys'

/** Key by the name of its verification method. Keys of other kinds than Ed25519 sign nothing of this form. */
export async function keysByMethod(context: Pick<Context, 'db' | 'settings'>): Promise<Map<string, KeyObject>> {
  const { present, present2, others } = await loadPublishedKeys(context.settings)
  const found = new Map<string, KeyObject>()
  for (const issuer of await trustedKeys(context)) {
    for (const { id, type, bytes } of issuer.keys) {
      // Under one name the first counts; nobody else's key speaks for us.
      if (type !== 'ED25519' || found.has(id) || isNameOfOurs(id, context.settings.publicUrl)) continue
      const x = Buffer.from(bytes).toString('base64url')
      found.set(id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }))
    }
  }
  // Our own last: nobody else's row takes their names.
  for (const key of [present.publicKey, present2.publicKey, ...others]) {
    if (key.asymmetricKeyType !== 'ed25519') continue
    found.set(verificationMethod2(context.settings.publicUrl, multikeyOf(key)), key)
  }
  return found
}
