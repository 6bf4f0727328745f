/** What the verify page knows of a type: by which names its credentials are told, and what of them is shown. Pure. */
import { fieldsOf, type CertificateType, type Field } from './type'

/** Values that the verify page shows of every certificate, by their places in the credential. */
const ALWAYS = { name: 'credentialSubject.name', dob: 'credentialSubject.dob', facility: 'evidence.facility.name' }

/** Of all types: `Kind` of lib/verification/facts.ts. */
export function kindsOf(types: readonly CertificateType[]) {
  return types.map((type) => {
    const { credential } = type.forms.certifyV3 as { credential: { type?: unknown; evidence?: { type?: unknown }[] } }
    const names = [credential.type, credential.evidence?.[0]?.type].flatMap((given) => textsIn(given))
    const { title, titles, alsoIn, verify } = type
    const called = Object.entries(ALWAYS).flatMap(([name, at]) => {
      const labels = fieldAt(type, at)?.labels
      return labels ? [[name, labels]] : []
    })
    return {
      names: names.filter((one) => one !== 'VerifiableCredential'),
      title,
      ...(titles ? { titles } : {}),
      ...(alsoIn ? { alsoIn } : {}),
      ...(called.length > 0 ? { called: Object.fromEntries(called) as Record<string, Record<string, string>> } : {}),
      shown: verify.map((one) => {
        const unit = fieldAt(type, one.at)?.unit
        return unit === undefined ? one : { ...one, unit }
      }),
    }
  })
}

/** The field whose value stands at a place of the credential. */
function fieldAt(type: CertificateType, at: string): Field | undefined {
  const leaf = at.split('.').reduce<unknown>((node, key) => {
    const inner = Array.isArray(node) ? node[0] : node
    return (inner as Record<string, unknown> | undefined)?.[key]
  }, type.forms.certifyV3.credential) as { from?: unknown; dob?: unknown } | undefined
  return fieldsOf(type).find(({ path }) => path === leaf?.from || path === leaf?.dob)
}

function textsIn(given: unknown): string[] {
  return [given].flat().filter((one) => typeof one === 'string')
}
