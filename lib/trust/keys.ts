/** The keys of other issuers that are trusted now, for whoever checks certificates. */
import type { Context } from '@/lib/certificates/context'
import { trustedKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import type { TrustedKey } from './answers'
import { trustInForce } from './store'

/** As they are published. Disabled ones are not among them. */
export async function trustedIssuers({ db }: Pick<Context, 'db'>): Promise<TrustedKey[]> {
  const rows = await trustInForce(db)
  return rows.map(({ name, verificationMethod, algorithm, publicKey }) => {
    return { name, verificationMethod, algorithm, publicKey }
  })
}

/** The same as the check of a certificate takes them. */
export async function trustedKeys(context: Pick<Context, 'db'>): Promise<IssuerKeys[]> {
  return trustedKeysOf({ issuers: await trustedIssuers(context) })
}
