/** What the holder of the keys does for the VC API. */
import type { Config } from '@/lib/config'
import { didWebOf } from '@/lib/signing/did-web'
import { signCredential2, type Signer2 } from '@/lib/signing/eddsa'
import { vcApiContexts } from './contexts'
import { idOf, isFields, listOf, type Fields } from './values'

/** The name of this work among signing jobs. */
export const SIGN_VC = 'vc_credential'

/**
 * Signs a credential (as JSON text: a database's own JSON knows no NUL) that was checked before, as text. The issuer is this installation: as did:key when the credential
 * names it so, which verifies without asking anybody, else as did:web. Proofs of others that it carries stay beside ours.
 */
export async function signVcCredential(
  { key2, settings, now }: { key2: Signer2; settings: Pick<Config, 'publicUrl'>; now: () => Date },
  { text }: { text: string },
): Promise<string> {
  const { proof: others, ...given } = JSON.parse(text) as Fields
  const multikey = key2.verificationMethod.split('#')[1]!
  const asDidKey = `did:key:${multikey}`
  const named = idOf(given.issuer) === asDidKey
  const issuer = named ? asDidKey : didWebOf(settings.publicUrl)
  const document = { ...given, issuer: isFields(given.issuer) ? { ...given.issuer, id: issuer } : issuer }
  const key: Signer2 = named
    ? { ...key2, verificationMethod: `${asDidKey}#${multikey}`, sign: (b) => key2.sign(b) }
    : key2
  const signed = await signCredential2(document, key, now(), vcApiContexts(settings.publicUrl))
  return JSON.stringify(others === undefined ? signed : { ...signed, proof: [...listOf(others), signed.proof] })
}
