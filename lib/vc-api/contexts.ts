/** The contexts that a credential given to the VC API may name. All others are errors: nothing is ever fetched. */
import { contexts2For } from '@/lib/certificates/sign2'
import { EXAMPLES_V2, type PinnedContexts } from '@/lib/signing/contexts2'

const UNDEFINED_TERMS_V2 = 'https://www.w3.org/ns/credentials/undefined-terms/v2'

const words = (below: string) => ({ '@context': { '@vocab': below } })

/** Those of our certificates, and the two of the W3C that give a meaning to every word: who names them says so. */
export function vcApiContexts(publicUrl: string): PinnedContexts {
  return new Map([
    ...contexts2For(publicUrl),
    [EXAMPLES_V2, words('https://www.w3.org/ns/credentials/examples#')],
    [UNDEFINED_TERMS_V2, words('https://www.w3.org/ns/credentials/undefined-term#')],
  ])
}
