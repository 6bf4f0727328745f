/** What tells a certificate of the sandbox from a real one: its proof names a key that no real certificate names. Pure. */

/** The name of the test key, made from that of the real one (CERTIFICATE_DID). */
export function sandboxKeyName(did: string): string {
  return `${did}${did.includes('#') ? '-' : '#'}sandbox`
}

/** Whether a signed credential says that it is a test. Real ones never do; the signature covers what is looked at here. */
export function isSandbox(credential: unknown): boolean {
  const proof = (credential as { proof?: { verificationMethod?: unknown } } | null | undefined)?.proof
  return typeof proof?.verificationMethod === 'string' && isSandboxKeyName(proof.verificationMethod)
}

/** Whether a key's name is one that `sandboxKeyName` makes. */
export function isSandboxKeyName(name: string): boolean {
  return /[#-]sandbox$/.test(name)
}
