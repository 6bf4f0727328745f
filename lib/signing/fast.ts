/** Signs and checks credentials of known shape with compiled programs, and keeps comparing itself with the reference library. */
import { hash } from 'node:crypto'
import vaccination from '@/lib/certificate-types/VaccinationCertificate/type.json'
import { canonicalForm, type Program, type Rules } from './canonical'
import { compileShape } from './compile'
import { referenceFor, verifyGenerically } from './generic'
import type { KeyType, PublicKey, SigningKey } from './keys'
import { CREDENTIALS_V1, formOfNamespace, PROOF_TYPE, SECURITY_V2 } from './names'
import { ALTERED, type CredentialProof, type SignedCredential, type Verification } from './proof'
import { RULES } from './rules'
import { signDetached, verifyDetached } from './suites'
import { vocabularyAt } from './vocabularies'

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

/** `null` as an answer means: not covered, take the general path. */
export class FastPath {
  private readonly programs = new Map<string, Promise<Program | null>>()
  /** Those of the words that are known now, by their template. */
  private readonly live = new WeakMap<object, { words: object; name: string; program: Promise<Program | null> }>()
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
  ) {}

  /** Signs a copy. Throws when a sampled signature does not verify in the library: then nothing is signed this way again. */
  async sign(unsigned: object, key: SigningKey, at: Date): Promise<SignedCredential | null> {
    const options = {
      type: PROOF_TYPE[key.type],
      created: `${at.toISOString().slice(0, 19)}Z`,
      verificationMethod: key.verificationMethod,
      proofPurpose: PURPOSE,
    }
    const programs = await this.programsFor(unsigned, key)
    const verifyData = programs && this.verifyData(programs, unsigned, options)
    if (!verifyData) return null
    // Copied before anybody else gets to run: what is returned is what was signed.
    const copy = copied(unsigned) as object
    const signed = { ...copy, proof: { ...options, jws: await signDetached(key, verifyData) } } as SignedCredential
    if (this.signatures++ % CHECK_ONE_IN.signatures === 0 && !(await verifyGenerically(signed, key)).verified) {
      this.distrust('a signature')
      throw new Error('A signature made along a compiled shape does not verify in the reference library.')
    }
    return signed
  }

  /** Checks a credential whose outer shape was checked before. In doubt the library's answer counts. */
  async verify(signed: SignedCredential, key: PublicKey): Promise<Verification | null> {
    const { proof, ...document } = signed
    const { jws, ...options } = proof
    const programs = await this.programsFor(document, key)
    const verifyData = programs && this.verifyData(programs, document, options)
    if (!verifyData) return null
    const verified = await verifyDetached(key, jws, verifyData)
    if (this.verifications++ % CHECK_ONE_IN.verifications === 0) {
      const answer = await verifyGenerically(signed, key)
      if (answer.verified !== verified) this.distrust('a verification')
      return answer
    }
    return verified ? { verified } : ALTERED
  }

  /** SHA-256 of the canonical proof options, then that of the canonical document, as in the 2018 signature suites. */
  private verifyData(programs: Programs, document: object, options: Omit<CredentialProof, 'jws'>): Uint8Array | null {
    const said = firstOf(programs.credentials, (program) => canonicalForm(program, document, this.rules))
    const proven = said && canonicalForm(programs.proof, { '@context': SECURITY_V2, ...options }, this.rules)
    return proven ? Buffer.concat([hash('sha256', proven, 'buffer'), hash('sha256', said, 'buffer')]) : null
  }

  private async programsFor(document: object, key: PublicKey): Promise<Programs | null> {
    const contexts = (document as Record<string, unknown>)['@context']
    const namespace = Array.isArray(contexts) ? contexts[1] : undefined
    const form = formOfNamespace(namespace, key)
    if (!this.trusted || form === null) return null
    // Where one vocabulary serves both forms, a document of the first is one of the later with members left out.
    const shapes = await Promise.all(
      this.shapesAt(namespace, key) ?? [
        this.program(`credential ${namespace}`, credentialTemplate(namespace, form), key),
      ],
    )
    const credentials = shapes.filter((program) => program !== null)
    const proof = await this.program(`proof ${key.type}`, proofTemplate(key.type), key)
    return proof && credentials.length > 0 ? { credentials, proof } : null
  }

  /** The programs of the types in force, each compiled once for the words of that moment. */
  private shapesAt(namespace: string, own: PublicKey): Promise<Program | null>[] | undefined {
    const vocabulary = vocabularyAt(namespace)
    return vocabulary?.shapes.map((template) => {
      const known = this.live.get(template)
      if (known?.words === vocabulary.words && known.name === namespace) return known.program
      const program = this.compile({ ...template, '@context': [CREDENTIALS_V1, namespace] }, own)
      this.live.set(template, { words: vocabulary.words, name: namespace, program })
      return program
    })
  }

  private program(name: string, template: { '@context': string | string[] }, own: PublicKey): Promise<Program | null> {
    const known = this.programs.get(name)
    if (known) return known
    const compiling = this.compile(template, own)
    this.programs.set(name, compiling)
    return compiling
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

function firstOf<T, R>(all: readonly T[], answer: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = answer(one)
    if (found !== null) return found
  }
  return null
}

/** A copy of plain JSON, which is all that a program covers. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = copied((value as Record<string, unknown>)[key])
  return copy
}
