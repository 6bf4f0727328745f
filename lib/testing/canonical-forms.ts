/** The comparison of compiled canonical forms with the reference library's, for tests and for long runs by hand. */
import fc from 'fast-check'
import { openDocument, type TypeVersion } from '@/lib/certificate-types/document'
import { shippedTypes } from '@/lib/certificate-types/seed'
import type { CertificateType } from '@/lib/certificate-types/type'
import { vocabularyDocument, vocabularyPath } from '@/lib/certificate-types/vocabulary'
import { announceWords } from '@/lib/certificate-types/words-of'
import { template2 } from '@/lib/certificates/credential2'
import { contexts2For } from '@/lib/certificates/sign2'
import type { Config } from '@/lib/config'
import { canonicalForm, type Rules } from '@/lib/signing/canonical'
import { compileShape, type Reference } from '@/lib/signing/compile'
import { pinnedContext } from '@/lib/signing/contexts2'
import { canonize } from '@/lib/signing/eddsa'
import { proofTemplate } from '@/lib/signing/fast'
import type { Template2 } from '@/lib/signing/fast2'
import { referenceFor, wordsOf } from '@/lib/signing/generic'
import { CREDENTIALS_V1 } from '@/lib/signing/names'
import { RULES } from '@/lib/signing/rules'
import { documentsOf, FIRST_MODEL, type Kinds, type RandomDocument } from './documents'
import { keySettings } from './vectors'

/** A kind of document, and the library as it is asked about it. */
export interface Shape {
  template: { '@context': string | string[] }
  kinds: Kinds
  reference: Reference
  /** Nodes without ids may have hashes that meet: such documents may be left to the library. */
  mayCollide?: boolean
}

const PUBLIC_URL = 'https://certificates.example.org'
const NAMESPACE = 'https://divoc.lgcc.gov.lk/credentials/vaccination/v1'
const own = { namespace: NAMESPACE, namespaceV1: 'https://health.example/vaccination/v1' }

/** Credentials of VC Data Model 2.0, besides what a type's own words say. */
const SECOND_MODEL: Kinds = {
  iris: ['id', 'statusListCredential', 'verificationMethod'],
  texts: ['validFrom', 'validUntil', 'created'],
}

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

/** Every shape that is compiled, of every certificate type that is shipped, and one that no type has. */
export const SHAPES: Record<string, Shape> = {
  ...Object.fromEntries(shippedVersions().flatMap(shapesOf)),
  'proof options, RSA': firstModel(proofTemplate('RSA')),
  'proof options, Ed25519': firstModel(proofTemplate('ED25519')),
  'nodes without ids': { ...firstModel(withoutIds), mayCollide: true },
}

/**
 * For a document of the shape both forms are the same bytes; for a broken one the program answers null or the same bytes.
 * Where the library refuses, the program does. Only nodes without ids may be left to the library though they are of the shape.
 */
export async function sameForms(
  { template, kinds, reference, mayCollide = false }: Shape,
  rules: Rules = RULES,
): Promise<fc.IAsyncProperty<[RandomDocument]>> {
  const program = await compileShape(template, reference)
  return fc.asyncProperty(documentsOf(template, kinds), async ({ document, clean }) => {
    const ours = canonicalForm(program, document, rules)
    if (ours === null && clean && !mayCollide) throw new Error('A document of the shape is not covered.')
    if (ours === null) return
    const theirs = await canonized(reference, document)
    if (ours !== theirs) throw new Error(`The forms differ.\n--- ours\n${ours}\n--- the library's\n${theirs}`)
  })
}

/** Their words are made known on the way, as the product does when it starts. */
function shippedVersions(): TypeVersion[] {
  const versions = shippedTypes().map((found) => {
    if ('wrong' in found) throw found.wrong
    return openDocument(found.document, 'published')
  })
  const { credential } = keySettings('RSA')
  announceWords({ settings: { credential: { ...credential, ...own } } as Config }, versions)
  return versions
}

function shapesOf({ type }: TypeVersion): [string, Shape][] {
  const forms = Object.entries(type.forms).map(([form, { credential }]): [string, Shape] => {
    const namespace = form === 'certifyV3' ? own.namespace : own.namespaceV1
    return [`${type.name}, ${form}`, firstModel({ ...(credential as object), '@context': [CREDENTIALS_V1, namespace] })]
  })
  return type.credential2 ? [...forms, [`${type.name}, VC Data Model 2.0`, secondModel(type)]] : forms
}

function firstModel(template: Shape['template']): Shape {
  return { template, kinds: FIRST_MODEL, reference: referenceFor([template['@context']].flat(), own) }
}

function secondModel(type: CertificateType): Shape {
  const template = template2(type, PUBLIC_URL) as Template2
  const contexts = contexts2For(PUBLIC_URL)
  const words = wordsOf(template['@context'], (url) => pinnedContext(url, contexts))
  const kinds = kindsIn(vocabularyDocument(PUBLIC_URL, vocabularyPath(type)), SECOND_MODEL)
  return { template, kinds, reference: { canonize: (document) => canonize(document, contexts), words } }
}

/** The words that a context gives a type: "@id" takes IRIs, every other one text alone. */
function kindsIn(context: unknown, known: Kinds): Kinds {
  if (typeof context !== 'object' || context === null) return known
  return Object.entries(context).reduce((kinds, [word, meaning]) => {
    const type =
      typeof meaning === 'object' && meaning !== null ? (meaning as { '@type'?: string })['@type'] : undefined
    if (type === '@id') return { ...kinds, iris: [...kinds.iris, word] }
    return kindsIn(meaning, type ? { ...kinds, texts: [...kinds.texts, word] } : kinds)
  }, known)
}

async function canonized(reference: Reference, document: object): Promise<string | null> {
  try {
    return await reference.canonize(document)
  } catch {
    return null // refused, which is an answer to compare with
  }
}
