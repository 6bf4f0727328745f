/** Writes the compiled shapes as lib/verification/shapes.json keeps them. */
import { compileShape } from '@/lib/signing/compile'
import { credentialTemplate, proofTemplate } from '@/lib/signing/fast'
import { referenceFor } from '@/lib/signing/generic'

/** Stands for whatever namespace an issuer has. It ends with no sign that would make it a prefix. */
const NAMESPACE = 'urn:any:namespace'
const NAMESPACE_V1 = 'urn:any:first-namespace'

/** The content of the file. Compiled anew, so that the file can be compared with what the contexts say today. */
export async function storedShapes(): Promise<string> {
  const own = { namespace: NAMESPACE, namespaceV1: NAMESPACE_V1 }
  const templates = {
    certifyV3: credentialTemplate(NAMESPACE, 'certifyV3'),
    certifyV2: credentialTemplate(NAMESPACE_V1, 'certifyV2'),
    RSA: proofTemplate('RSA'),
    ED25519: proofTemplate('ED25519'),
  }
  const programs: Record<string, object> = {}
  const words: Record<string, string[]> = {}
  for (const [name, template] of Object.entries(templates)) {
    const program = await compileShape(template, referenceFor([template['@context']].flat(), own))
    const list = name in { RSA: 0, ED25519: 0 } ? 'proof' : name
    programs[name] = { root: program.root, words: list }
    words[list] = [...program.words].sort()
  }
  const unnamed = (_key: string, value: unknown) =>
    value === NAMESPACE || value === NAMESPACE_V1 ? '{namespace}' : value
  const text = JSON.stringify({ programs, words }, unnamed, 1)
  if (text.includes('urn:any:')) throw new Error('A namespace stands inside another value: it cannot be put in later.')
  return `${text}\n`
}
