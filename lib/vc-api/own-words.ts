/** What only this installation says, found in what a document means and not in how it is written: contexts can give any word any meaning. Pure. */
/** Lists say of others' credentials that they do not count. */
const LISTS = ['BitstringStatusListCredential', 'BitstringStatusList'].map(
  (name) => `https://www.w3.org/ns/credentials/status#${name}`,
)

export interface OwnWords {
  /** It uses the vocabulary of our certificates. */
  certificate: boolean
  /** It is a status list, or has one in it. */
  list: boolean
  /** It says something about an address of ours, or names one of our status lists. */
  address: boolean
}

/** Looks at a canonical document (N-Quads). */
export function ownWordsIn(canonical: string, publicUrl: string): OwnWords {
  const found = { certificate: false, list: false, address: false }
  for (const line of canonical.split('\n')) {
    // Texts may hold anything, also what looks like an address.
    const names = [...line.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/<([^>]*)>/g)].map(([, name]) => name!)
    found.certificate ||= names.some((name) => isBelow(name, `${publicUrl}/contexts`))
    found.list ||= names.some((name) => LISTS.includes(name))
    found.address ||=
      (line.startsWith('<') && isBelow(names[0]!, publicUrl)) ||
      names.some((name) => isBelow(name, `${publicUrl}/status`))
  }
  return found
}

/** Whether an address is another one or below it, however host and scheme are written. */
export function isBelow(address: string, above: string): boolean {
  if (!URL.canParse(address)) return false
  const [given, known] = [new URL(address), new URL(above)]
  const path = known.pathname.replace(/\/+$/, '')
  return given.host === known.host && (given.pathname === path || given.pathname.startsWith(`${path}/`))
}
