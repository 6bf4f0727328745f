/** How canonical N-Quads spell strings, numbers and IRIs (RDF Dataset Canonicalization 1.0, section 5, and JSON-LD 1.1 API, 8.2.2). */

const XSD = 'http://www.w3.org/2001/XMLSchema#'

const EACH_TO_ESCAPE = /["\\\u0000-\u001f\u007f]/g
const SHORT: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

/** The text between the quotation marks of a literal. */
export function escapeLiteral(value: string): string {
  // Hardly any has one, and looking costs half of what a regular expression does.
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 0x20 || code === 0x22 || code === 0x5c || code === 0x7f)
      return value.replace(EACH_TO_ESCAPE, escapeCharacter)
  }
  return value
}

function escapeCharacter(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * A number as a typed literal, complete with its quotation marks. Null for numbers whose spelling another number shares
 * (jsonld writes 1e-7 as the integer 0, and doubles with 16 digits): those would be two values and one statement.
 */
export function numberLiteral(value: number): string | null {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return `"${value.toFixed(0)}"^^<${XSD}integer>`
  const double = Number.isInteger(value) || String(value).includes('.')
  if (!double || !Number.isFinite(value)) return null
  const text = value.toExponential(15).replace(/(\d)0*e\+?/, '$1E')
  return Number(text) === value ? `"${text}"^^<${XSD}double>` : null
}

const ABSOLUTE = /^([A-Za-z][A-Za-z0-9+.-]*):[^\s<>"{}|\\^`\u0000-\u0020\u007f]*$/u

/**
 * Whether JSON-LD would take this IRI over as it stands: absolute, nothing to escape, and not beginning like a word of
 * the contexts, which would be a shortened IRI.
 */
export function isPlainIri(value: string, words: ReadonlySet<string>): boolean {
  const scheme = ABSOLUTE.exec(value)?.[1]
  if (scheme === undefined || words.has(value)) return false
  return value.startsWith('//', scheme.length + 1) || !words.has(scheme)
}
