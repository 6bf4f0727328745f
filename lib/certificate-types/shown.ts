/** What the verify page knows of a type: by which names its credentials are told, and what of them is shown. Pure. */
import type { CertificateType } from './type'

/** Of all types: `Kind` of lib/verification/facts.ts. */
export function kindsOf(types: readonly CertificateType[]) {
  return types.map((type) => {
    const { credential } = type.forms.certifyV3 as { credential: { type?: unknown; evidence?: { type?: unknown }[] } }
    const names = [credential.type, credential.evidence?.[0]?.type].flatMap((given) => textsIn(given))
    const { title, titles, verify } = type
    return {
      names: names.filter((one) => one !== 'VerifiableCredential'),
      title,
      ...(titles ? { titles } : {}),
      shown: verify,
    }
  })
}

function textsIn(given: unknown): string[] {
  return [given].flat().filter((one) => typeof one === 'string')
}
