/** The issuer's did:web: the address of this installation as an identifier, whose keys stand in its did.json. Pure. */

/**
 * did:web of an address (did:web method, section 3.1): host, a port with its colon encoded, a path joined by colons.
 * Resolvers ask `https://<host>/.well-known/did.json`, or `https://<host>/<path>/did.json`.
 */
export function didWebOf(publicUrl: string): string {
  const { host, pathname } = new URL(publicUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  return ['did:web', encodeURIComponent(host), ...path].join(':')
}

/** The name of a key in that document: the key itself as Multikey, so that a later key never has the name of an earlier one. */
export function verificationMethod2(publicUrl: string, multikey: string): string {
  return `${didWebOf(publicUrl)}#${multikey}`
}

/** The name of the test key, which no published document lists. */
export function sandboxMethod2(publicUrl: string): string {
  return `${didWebOf(publicUrl)}#sandbox`
}

/** Whether a name is this installation's did:web, or one of a key, path or document below it. Hosts know no case. */
export function isNameOfOurs(name: string, publicUrl: string): boolean {
  const [given, own] = [name.toLowerCase(), didWebOf(publicUrl).toLowerCase()]
  return given === own || [...'#:/?;'].some((mark) => given.startsWith(own + mark))
}
