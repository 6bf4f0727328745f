/** Signs certificates as VC Data Model 2.0 and checks them, along the compiled shape of this installation. */
import { isDeepStrictEqual } from 'node:util'
import { VACCINATION } from '@/lib/certificate-types/type'
import { vocabularyDocument, vocabularyUrl } from '@/lib/certificate-types/vocabulary'
import type { Config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import { CREDENTIALS_V2, STANDARD_CONTEXTS, type PinnedContexts } from '@/lib/signing/contexts2'
import type { KeyOf, Signed2, Signer2, Verification2 } from '@/lib/signing/eddsa'
import { Shape2, type Template2 } from '@/lib/signing/fast2'
import { buildCredential2, template2, type Credential2Input } from './credential2'

/** The credential, built, and signed when it is issued unless another time is given. */
export function signCertificate2(
  input: Omit<Credential2Input, 'type'>,
  key: Signer2,
  at: Date = input.issuedAt,
): Promise<Signed2> {
  const unsigned = buildCredential2({ ...input, type: VACCINATION })
  return shapeFor(input.settings.publicUrl).sign(unsigned, key, at)
}

/** Checks the proof of a certificate of this installation, stored or presented. Never throws for what it is given. */
export async function verifyCertificate2(
  document: unknown,
  keyOf: KeyOf,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): Promise<Verification2> {
  // The order of contexts is no statement that a proof covers; ours is always the same.
  const contexts = (document as { '@context'?: unknown } | null | undefined)?.['@context']
  if (!isDeepStrictEqual(contexts, [CREDENTIALS_V2, vocabularyUrl(publicUrl)])) {
    return { verified: false, code: 'NOT_DEFINED', reason: 'Its contexts are not those of our certificates.' }
  }
  return shapeFor(publicUrl).verify(document, keyOf)
}

/** The contexts that a certificate of this installation may name. */
export function contexts2For(publicUrl: string): PinnedContexts {
  return new Map([...STANDARD_CONTEXTS, [vocabularyUrl(publicUrl), vocabularyDocument(publicUrl)]])
}

/** One for each address; a process has one. */
const shapes = new Map<string, Shape2>()

function shapeFor(publicUrl: string): Shape2 {
  const known = shapes.get(publicUrl)
  if (known) return known
  const report = (what: string, error?: unknown) =>
    log().error(error === undefined ? {} : { trace: traceOf(error) }, what)
  const made = new Shape2(template2(VACCINATION, publicUrl) as Template2, contexts2For(publicUrl), report)
  shapes.set(publicUrl, made)
  return made
}
