/** Signs certificates as VC Data Model 2.0 and checks them, along the compiled shapes of this installation's types. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { isVocabulary, typeOfVocabulary, vocabularyDocuments } from '@/lib/certificate-types/vocabulary'
import type { Config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import { CREDENTIALS_V2, STANDARD_CONTEXTS, type PinnedContexts } from '@/lib/signing/contexts2'
import { verifyCredential2, type KeyOf, type Signed2, type Signer2, type Verification2 } from '@/lib/signing/eddsa'
import { Shape2, type Template2 } from '@/lib/signing/fast2'
import { buildCredential2, template2, type Credential2Input } from './credential2'

/** The credential, built, and signed when it is issued unless another time is given. */
export function signCertificate2(input: Credential2Input, key: Signer2, at: Date = input.issuedAt): Promise<Signed2> {
  return shapeFor(input.type, input.settings.publicUrl).sign(buildCredential2(input), key, at)
}

/** Checks the proof of a certificate of this installation, stored or presented. Never throws for what it is given. */
export async function verifyCertificate2(
  document: unknown,
  keyOf: KeyOf,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): Promise<Verification2> {
  // The order of contexts is no statement that a proof covers; ours is always the same.
  const contexts = (document as { '@context'?: unknown } | null | undefined)?.['@context']
  const [first, own, ...more] = Array.isArray(contexts) ? (contexts as unknown[]) : []
  if (first !== CREDENTIALS_V2 || more.length > 0 || !isVocabulary(publicUrl, own)) {
    return { verified: false, code: 'NOT_DEFINED', reason: 'Its contexts are not those of our certificates.' }
  }
  const type = typeOfVocabulary(publicUrl, own)
  const shape = type ? shapeFor(type, publicUrl) : signedWith.get(own)
  return shape
    ? shape.verify(document, keyOf)
    : verifyCredential2(document, keyOf, { contexts: contexts2For(publicUrl) })
}

/** The contexts that a certificate of this installation may name. */
export function contexts2For(publicUrl: string): PinnedContexts {
  return new Map([...STANDARD_CONTEXTS, ...vocabularyDocuments(publicUrl)])
}

/** One for each version of a type; a process has one address, tests have several. */
const shapes = new WeakMap<CertificateType, Map<string, Shape2>>()
/** Address of a vocabulary -> shape of a type that was signed with it here. */
const signedWith = new Map<string, Shape2>()

function shapeFor(type: CertificateType, publicUrl: string): Shape2 {
  const known = shapes.get(type)?.get(publicUrl)
  if (known) return known
  const report = (what: string, error?: unknown) =>
    log().error(error === undefined ? {} : { trace: traceOf(error) }, what)
  const template = template2(type, publicUrl) as Template2
  const made = new Shape2(template, contexts2For(publicUrl), report)
  shapes.set(type, (shapes.get(type) ?? new Map<string, Shape2>()).set(publicUrl, made))
  signedWith.set(template['@context'][1]!, made)
  return made
}
