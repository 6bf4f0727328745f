/** Signs and checks credentials of known shape with compiled programs, and keeps comparing itself with the reference library. */
import vaccination from '@/lib/certificate-types/VaccinationCertificate/type.json'
import { canonicalForm, type Program, type Rules } from './canonical'
import { compileShape } from './compile'
import { copied } from './copied'
import { referenceFor, verifyGenerically } from './generic'
import type { KeyType, PublicKey, SigningKey } from './keys'
import { CREDENTIALS_V1, formOfNamespace, PROOF_TYPE, SECURITY_V2 } from './names'
import { ALTERED, type CredentialProof, type SignedCredential, type Verification } from './proof'
import { OfThisSecond, ProofHash } from './proof-hash'
import { RULES } from './rules'
import { refuseUnsignable } from './signable'
import { signedBytes } from './signed-bytes'
import { signDetached, verifyDetached } from './suites'
import { vocabularyAt, type Vocabulary } from './vocabularies'

/** A check costs as much as thirty Ed25519 signatures. The first signature and the first verification are always checked. */
const CHECK_ONE_IN = { signatures: 200, verifications: 1000 }

const PURPOSE = 'assertionMethod'

/** What is signed of a proof: all but the signature. */
export const proofTemplate = (type: KeyType) => ({
  '@context': SECURITY_V2,
  type: PROOF_TYPE[type],
  created: { derive: 'now' },
  verificationMethod: { setting: 'did' },
  proofPurpose: PURPOSE,
})

/** The certificate type's own template, of one of its forms, under a namespace. */
export const credentialTemplate = (namespace: string, form: 'certifyV3' | 'certifyV2' = 'certifyV3') => ({
  ...vaccination.forms[form].credential,
  '@context': [CREDENTIALS_V1, namespace],
})

interface Programs {
  /** Of the shapes that the credential may have, the newest first. */
  credentials: Program[]
  proof: Program
}

/** Compiled once for what is known of the vocabulary at a moment. */
interface Compiled<What> {
  under: object | undefined
  what: Promise<What | null>
}

/** `null` as an answer means: not covered, take the general path. */
export class FastPath {
  /** By type of key and namespace. */
  private readonly programs = new Map<string, Compiled<Programs>>()
  /** By template of a type in force: most stay when another type is published. */
  private readonly shapes = new WeakMap<object, Compiled<Program> & { namespace: string }>()
  private readonly proofs: ProofHash
  private readonly begun = new OfThisSecond<BegunProof>()
  private signatures = 0
  private verifications = 0
  private trusted = true

  /**
   * `report` is told what went wrong, and the error if there was one: it must reach somebody.
   * `rules` other than the right ones are for the test that this notices.
   */
  constructor(
    private readonly report: (what: string, error?: unknown) => void,
    private readonly rules: Rules = RULES,
  ) {
    this.proofs = new ProofHash(rules)
  }

  /** As `signCredential`. Throws when a sampled signature does not verify in the library: then nothing is signed this way again. */
  async sign(unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential | null> {
    const programs = await this.programsFor(unsigned, key)
    const { options, read } = this.begun.of(key, at, (created) => proofOf(key, created))
    const forms = programs && this.formsOf(programs, unsigned, read)
    if (!forms) return null
    // Where nothing was escaped there is nothing to refuse.
    if (forms.document.includes('\\')) refuseUnsignable(unsigned)
    // Copied before anybody else gets to run: what is returned is what was signed.
    const signed = copied(unsigned) as SignedCredential
    signed.proof = { ...options, jws: await signDetached(key, signedBytes(forms.proof, forms.document)) }
    if (this.signatures++ % CHECK_ONE_IN.signatures !== 0) return signed
    if (!(await verifyGenerically(signed, key)).verified) {
      this.distrust('a signature')
      throw new Error('A signature made along a compiled shape does not verify in the reference library.')
    }
    return signed
  }

  /** As `verifyCredential`, for a credential whose outer shape was checked before. In doubt the library's answer counts. */
  async verify(
    signed: SignedCredential,
    key: PublicKey,
    readByOthers: Uint8Array | null = null,
  ): Promise<Verification | null> {
    const { proof, ...document } = signed
    const { jws, ...options } = proof
    const programs = await this.programsFor(document, key)
    const forms = programs && this.formsOf(programs, document, { '@context': SECURITY_V2, ...options })
    if (!forms) return null
    const bytes = signedBytes(forms.proof, forms.document)
    const verified = await verifyDetached(key, jws, bytes)
    const answer = await this.sampled(signed, key, verified)
    if (!answer.verified || readByOthers === null || bytes.equals(readByOthers)) return answer
    return (await verifyDetached(key, jws, readByOthers)) ? answer : ALTERED
  }

  /** What was found, or in one of so many cases what the library finds. */
  private async sampled(signed: SignedCredential, key: PublicKey, verified: boolean): Promise<Verification> {
    if (this.verifications++ % CHECK_ONE_IN.verifications !== 0) return verified ? { verified } : ALTERED
    const answer = await verifyGenerically(signed, key)
    if (answer.verified !== verified) this.distrust('a verification')
    return answer
  }

  /** `options`: of the proof, with the context that they are read in. */
  private formsOf(programs: Programs, document: object, options: object): Forms | null {
    const said = firstOf(programs.credentials, (program) => canonicalForm(program, document, this.rules))
    const proof = said && this.proofs.of(programs.proof, options)
    return said && proof ? { document: said, proof } : null
  }

  /** Found in one step: it is asked for every credential. */
  private programsFor(document: object, key: PublicKey): Promise<Programs | null> | null {
    const contexts = (document as Record<string, unknown>)['@context']
    const namespace = Array.isArray(contexts) ? contexts[1] : undefined
    const form = formOfNamespace(namespace, key)
    if (!this.trusted || form === null) return null
    const name = `${key.type} ${namespace}`
    const vocabulary = vocabularyAt(namespace)
    const known = this.programs.get(name)
    if (known && known.under === vocabulary) return known.what
    const shapes = vocabulary
      ? vocabulary.shapes.map((template) => this.shapeOf(template, namespace, vocabulary, key))
      : [this.compile(credentialTemplate(namespace, form), key)]
    const what = programsOf(shapes, this.compile(proofTemplate(key.type), key))
    this.programs.set(name, { under: vocabulary, what })
    return what
  }

  private shapeOf(template: object, namespace: string, { words }: Vocabulary, key: PublicKey): Promise<Program | null> {
    const known = this.shapes.get(template)
    if (known?.under === words && known.namespace === namespace) return known.what
    const what = this.compile({ ...template, '@context': [CREDENTIALS_V1, namespace] }, key)
    this.shapes.set(template, { under: words, namespace, what })
    return what
  }

  private compile(template: { '@context': string | string[] }, own: PublicKey): Promise<Program | null> {
    return compileShape(template, referenceFor([template['@context']].flat(), own)).catch((error) => {
      this.report('a shape cannot be compiled: its documents take the general path', error)
      return null
    })
  }

  private distrust(what: string): void {
    this.trusted = false
    this.report(`the compiled path disagrees with the reference library on ${what}: it is switched off in this process`)
  }
}

/** A proof up to its signature, and the same with the context that it is read in. */
interface BegunProof {
  options: Readonly<Omit<CredentialProof, 'jws'>>
  read: object
}

function proofOf({ type, verificationMethod }: PublicKey, created: string): BegunProof {
  const options = { type: PROOF_TYPE[type], created, verificationMethod, proofPurpose: PURPOSE }
  return { options, read: Object.freeze({ '@context': SECURITY_V2, ...options }) }
}

interface Forms {
  document: string
  /** SHA-256. */
  proof: string
}

/** Where one vocabulary serves both forms, a document of the first is one of the later with members left out. */
async function programsOf(
  shapes: Promise<Program | null>[],
  proofs: Promise<Program | null>,
): Promise<Programs | null> {
  const credentials = (await Promise.all(shapes)).filter((program) => program !== null)
  const proof = await proofs
  return proof && credentials.length > 0 ? { credentials, proof } : null
}

function firstOf<T, R>(all: readonly T[], answer: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = answer(one)
    if (found !== null) return found
  }
  return null
}
