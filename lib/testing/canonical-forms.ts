/** The comparison of compiled canonical forms with the reference library's, for tests and for long runs by hand. */
import fc from 'fast-check'
import { canonicalForm, type Rules } from '@/lib/signing/canonical'
import { compileShape, type Reference } from '@/lib/signing/compile'
import { credentialTemplate, proofTemplate } from '@/lib/signing/fast'
import { referenceFor } from '@/lib/signing/generic'
import { CREDENTIALS_V1 } from '@/lib/signing/names'
import { RULES } from '@/lib/signing/rules'
import { documentsOf, type RandomDocument } from './documents'

type Template = { '@context': string | string[] }

export const NAMESPACE = 'https://divoc.lgcc.gov.lk/credentials/vaccination/v1'
const own = { namespace: NAMESPACE, namespaceV1: 'https://health.example/vaccination/v1' }

/** Nodes without an id side by side, whose hashes meet when they say the same. */
const withoutIds = {
  '@context': [CREDENTIALS_V1, NAMESPACE],
  type: ['VerifiableCredential', 'ProofOfVaccinationCredential'],
  issuer: { setting: 'issuer' },
  credentialSubject: { type: 'Person', name: { from: 'name' }, address: { city: { from: 'city' } } },
  evidence: [1, 2].map(() => ({
    type: ['Vaccination'],
    vaccine: { from: 'vaccine' },
    batch: { from: 'batch' },
    dose: { from: 'dose' },
    verifier: { name: { from: 'name' } },
    facility: { name: { from: 'name' }, address: { city: { from: 'city' }, district: { from: 'district' } } },
  })),
}

/** Every shape that is compiled, and one that no certificate type has. */
export const TEMPLATES: Record<string, Template> = {
  'vaccination certificate': credentialTemplate(NAMESPACE),
  'vaccination certificate, certifyV2': credentialTemplate(own.namespaceV1, 'certifyV2'),
  'proof options, RSA': proofTemplate('RSA'),
  'proof options, Ed25519': proofTemplate('ED25519'),
  'nodes without ids': withoutIds,
}

/**
 * For a document of the shape both forms are the same bytes; for a broken one the program answers null or the same bytes.
 * Where the library refuses, the program does. Only nodes without ids may be left to the library though they are of the shape.
 */
export async function sameForms(
  template: Template,
  rules: Rules = RULES,
): Promise<fc.IAsyncProperty<[RandomDocument]>> {
  const reference = referenceFor([template['@context']].flat(), own)
  const program = await compileShape(template, reference)
  const mayCollide = template === withoutIds
  return fc.asyncProperty(documentsOf(template), async ({ document, clean }) => {
    const ours = canonicalForm(program, document, rules)
    if (ours === null && clean && !mayCollide) throw new Error('A document of the shape is not covered.')
    if (ours === null) return
    const theirs = await canonized(reference, document)
    if (ours !== theirs) throw new Error(`The forms differ.\n--- ours\n${ours}\n--- the library's\n${theirs}`)
  })
}

async function canonized(reference: Reference, document: object): Promise<string | null> {
  try {
    return await reference.canonize(document)
  } catch {
    return null // refused, which is an answer to compare with
  }
}
