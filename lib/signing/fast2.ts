/** Signs and checks documents of one known shape as eddsa-rdfc-2022 with compiled programs, and keeps comparing itself with the library. */
import { verify } from 'node:crypto'
import bs58 from 'bs58'
import { canonicalForm, type Program, type Rules } from './canonical'
import { compileShape } from './compile'
import { copied } from './copied'
import { pinnedContext, type PinnedContexts } from './contexts2'
import {
  ALTERED2,
  canonize,
  CRYPTOSUITE,
  malformedProof,
  PROOF2_TYPE,
  proofOptions,
  proofValueOf,
  signCredential2,
  verifyCredential2,
  type Checks,
  type KeyOf,
  type Signed2,
  type Signer2,
  type Verification2,
} from './eddsa'
import { wordsOf } from './generic'
import { ProofHash } from './proof-hash'
import { RULES } from './rules'
import { signedBytes } from './signed-bytes'

/** The first of each is always compared. */
const CHECK_ONE_IN = { signatures: 200, verifications: 1000 }

/** All documents of one shape; the contexts are addresses that are pinned. */
export type Template2 = Record<string, unknown> & { '@context': string[] }

export class Shape2 {
  private compiling: Promise<{ document: Program; proof: Program } | null> | undefined
  private readonly proofs: ProofHash
  private signatures = 0
  private verifications = 0
  private trusted = true

  /** `report` is told what went wrong, and the error if there was one. Other `rules` are for the test that this notices. */
  constructor(
    private readonly template: Template2,
    private readonly contexts: PinnedContexts,
    private readonly report: (what: string, error?: unknown) => void,
    private readonly rules: Rules = RULES,
  ) {
    this.proofs = new ProofHash(rules)
  }

  /** As `signCredential2`. Documents of other shapes take the general path. Throws when a compared signature does not verify. */
  async sign(unsigned: Record<string, unknown>, key: Signer2, created: Date): Promise<Signed2> {
    const options = proofOptions(key.verificationMethod, created)
    const bytes = await this.bytesToSign(unsigned, options)
    if (!bytes) return signCredential2(unsigned, key, created, this.contexts)
    const copy = copied(unsigned)
    const signed = { ...copy, proof: { ...options, proofValue: proofValueOf(await key.sign(bytes)) } }
    if (this.signatures++ % CHECK_ONE_IN.signatures === 0) await this.compare(signed)
    return signed
  }

  /** As `verifyCredential2`. In doubt the library's answer counts. */
  async verify(document: unknown, keyOf: KeyOf, checks: Omit<Checks, 'contexts'> = {}): Promise<Verification2> {
    const generically = () => verifyCredential2(document, keyOf, { ...checks, contexts: this.contexts })
    const { proof, ...unsecured } = Object(document) as Record<string, unknown>
    const { proofValue, ...options } = Object(proof) as Record<string, unknown>
    if (malformedProof(options, proofValue, checks)) return generically()
    const key = keyOf(String(options.verificationMethod))
    const bytes = key && (await this.bytesToSign(unsecured, options))
    if (!bytes) return generically()
    const verified = verify(null, bytes, key, bs58.decode(String(proofValue).slice(1)))
    if (this.verifications++ % CHECK_ONE_IN.verifications !== 0) return verified ? { verified } : ALTERED2
    const answer = await generically()
    if (answer.verified !== verified) this.distrust('a verification')
    return answer
  }

  private async bytesToSign(document: object, options: object): Promise<Uint8Array | null> {
    this.compiling ??= this.compile()
    const programs = this.trusted ? await this.compiling : null
    const said = programs && canonicalForm(programs.document, document, this.rules)
    const proven = said && this.proofs.of(programs.proof, { ...options, '@context': this.template['@context'] })
    return proven ? signedBytes(proven, said) : null
  }

  private async compile() {
    try {
      const words = wordsOf(this.template['@context'], (url) => pinnedContext(url, this.contexts))
      const reference = { canonize: (document: object) => canonize(document, this.contexts), words }
      const proof = {
        '@context': this.template['@context'],
        type: PROOF2_TYPE,
        cryptosuite: CRYPTOSUITE,
        created: { derive: 'now' },
        verificationMethod: { setting: 'key' },
        proofPurpose: 'assertionMethod',
      }
      return { document: await compileShape(this.template, reference), proof: await compileShape(proof, reference) }
    } catch (error) {
      this.report('a shape cannot be compiled: its documents take the general path', error)
      return null
    }
  }

  /** Canonicalised anew by the library: the bytes that were signed must be its own. */
  private async compare(signed: Signed2): Promise<void> {
    const { proof, ...document } = signed
    const { proofValue: _signature, ...options } = proof
    const said = await canonize(document, this.contexts)
    const proven = await canonize({ ...options, '@context': signed['@context'] }, this.contexts)
    if (
      signedBytes(this.rules.hash(proven), said).equals((await this.bytesToSign(document, options)) ?? Buffer.alloc(0))
    )
      return
    this.distrust('a signature')
    throw new Error('A signature made along a compiled shape is not over what the reference library says.')
  }

  private distrust(what: string): void {
    this.trusted = false
    this.report(`the compiled path disagrees with the reference library on ${what}: it is switched off in this process`)
  }
}
