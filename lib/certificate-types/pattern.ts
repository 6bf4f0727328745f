/** The patterns that a certificate type may give its texts: a row of characters with how often each, read in linear time. No groups, no look-around. */

/** Patterns that many need, by name. */
export const FORMATS = {
  digits: { pattern: '\\d+', says: 'must be digits only' },
  code: { pattern: '[A-Z0-9][A-Z0-9./-]*', says: 'must be capital letters, digits, ".", "/" and "-"' },
  phone: { pattern: '\\+?[0-9][0-9 -]{4,19}', says: 'must be a phone number' },
  email: { pattern: '[^\\s@]+@[^\\s@]+\\.[^\\s@.]{2,}', says: 'must be an e-mail address' },
} as const

export type Format = keyof typeof FORMATS

interface Piece {
  is: RegExp
  least: number
  most: number
}

const PIECE =
  /(\[\^?(?:\\[dswDSW\\\]\-[^/.]|\\p\{[A-Za-z_=]+\}|[^\\\][])+\]|\\[dswDSW]|\\p\{[A-Za-z_=]+\}|\\[^A-Za-z0-9\s]|[^\\[\](){}*+?|^$])([?*+]|\{\d{1,3}(?:,\d{0,3})?\})?/uy
const MOST_PIECES = 40

/**
 * Whether a whole text fits a pattern. The work grows with pieces × characters of the text (squared at the worst, with
 * texts of 300 characters), whatever the pattern: none can hang the server. Throws an Error for what is no such pattern.
 */
export function fits(pattern: string, text: string): boolean {
  const characters = [...text]
  /** Where in the text the pieces so far can end. */
  let ends = new Set([0])
  for (const { is, least, most } of piecesOf(pattern)) {
    const next = new Set<number>()
    for (const end of ends) {
      for (let count = 0; count <= most; count++) {
        if (count >= least) next.add(end + count)
        const character = characters[end + count]
        if (character === undefined || !is.test(character)) break
      }
    }
    ends = next
  }
  return ends.has(characters.length)
}

const known = new Map<string, Piece[]>()

/** The pieces of a pattern. Throws an Error that says where it is not understood. */
export function piecesOf(pattern: string): Piece[] {
  const before = known.get(pattern)
  if (before) return before
  const pieces: Piece[] = []
  const reader = new RegExp(PIECE)
  for (let at = 0; at < pattern.length; at = reader.lastIndex) {
    reader.lastIndex = at
    const [, one, often = ''] = reader.exec(pattern) ?? []
    if (one === undefined) throw new Error(`The pattern is not understood from "${pattern.slice(at, at + 20)}" on.`)
    const [least, most] = countsOf(often)
    if (most < least) throw new Error(`"${often}" asks for at least ${least} and at most ${most}.`)
    pieces.push({ is: new RegExp(`^${one === '.' ? '[^]' : one}$`, 'u'), least, most })
  }
  if (pieces.length === 0 || pieces.length > MOST_PIECES) throw new Error(`A pattern has 1 to ${MOST_PIECES} pieces.`)
  if (known.size < 1000) known.set(pattern, pieces)
  return pieces
}

function countsOf(often: string): [number, number] {
  switch (often) {
    case '':
      return [1, 1]
    case '?':
      return [0, 1]
    case '*':
      return [0, Infinity]
    case '+':
      return [1, Infinity]
  }
  const [least, most] = often.slice(1, -1).split(',')
  return [Number(least), most === undefined ? Number(least) : most === '' ? Infinity : Number(most)]
}
