/** Two changed copies of a list put together (diff3): places that only one of them changed are taken from that one. */

/** The merged list; null where both changed the same place in different ways. Symmetric in `yours` and `theirs`. */
export function mergeLists(base: string[], yours: string[], theirs: string[]): string[] | null {
  // Which of two equal entries was meant cannot be told.
  if ([base, yours, theirs].some((list) => new Set(list).size < list.length)) return null
  if (equal(yours, base)) return theirs
  if (equal(theirs, base)) return yours
  // What moved belongs to no place.
  if (isReordered(base, yours) || isReordered(base, theirs)) return equal(yours, theirs) ? yours : null
  const merged: string[] = []
  for (const [was, mine, other] of pieces(base, yours, theirs)) {
    const piece = mergePiece(was, mine, other)
    if (piece === null) return null
    merged.push(...piece)
  }
  return new Set(merged).size < merged.length ? null : merged
}

type Piece = [base: string[], yours: string[], theirs: string[]]

/** The lists cut at the entries that all three have, where these come in the same order. */
function pieces(base: string[], yours: string[], theirs: string[]): Piece[] {
  const found: Piece[] = []
  let [b, y, t] = [0, 0, 0]
  for (const [at, entry] of base.entries()) {
    const [inYours, inTheirs] = [yours.indexOf(entry, y), theirs.indexOf(entry, t)]
    if (inYours < 0 || inTheirs < 0) continue
    found.push([base.slice(b, at), yours.slice(y, inYours), theirs.slice(t, inTheirs)], [[entry], [entry], [entry]])
    ;[b, y, t] = [at + 1, inYours + 1, inTheirs + 1]
  }
  found.push([base.slice(b), yours.slice(y), theirs.slice(t)])
  return found
}

function mergePiece(base: string[], yours: string[], theirs: string[]): string[] | null {
  if (equal(yours, base)) return theirs
  if (equal(theirs, base) || equal(yours, theirs)) return yours
  if (base.length < 2 || yours.length !== base.length || theirs.length !== base.length) return null
  // Entry by entry only where every entry is in its old place or new.
  const inPlace = (side: string[]) => side.every((entry, at) => entry === base[at] || !base.includes(entry))
  if (!inPlace(yours) || !inPlace(theirs)) return null
  const one = base.map((was, at) => mergePiece([was], [yours[at]!], [theirs[at]!]))
  return one.every((entry) => entry !== null) ? one.flat() : null
}

function isReordered(base: string[], side: string[]): boolean {
  return !equal(
    base.filter((entry) => side.includes(entry)),
    side.filter((entry) => base.includes(entry)),
  )
}

function equal(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((entry, at) => entry === other[at])
}
