/** What a print window starts with: the size as it is, and the number of copies. Written into the PDF's catalogue. */

/** The catalogue is the last object of our PDFs and holds these preferences (ISO 32000-1, 12.2). */
const PREFERENCES = '/ViewerPreferences <<'
const XREF = /\nstartxref\n(\d+)\n%%EOF\s*$/

/**
 * The same PDF, asking to be printed unscaled and so many times. Viewers that know no such wishes ignore them. Throws an
 * Error for a PDF that was not made by our engines.
 */
export function withPrintSettings(pdf: Uint8Array, copies: number): Uint8Array {
  // latin1 keeps every byte a character.
  const text = Buffer.from(pdf).toString('latin1')
  const [last, given] = XREF.exec(text) ?? []
  const at = text.lastIndexOf(PREFERENCES)
  const xref = Number(given)
  if (last === undefined || at === -1 || at > xref || text.slice(at, xref).split('endobj').length !== 2) {
    throw new Error('The PDF does not end with a catalogue that has preferences.')
  }
  const place = at + PREFERENCES.length
  const wishes = `\n    /PrintScaling /None${copies > 1 ? `\n    /NumCopies ${copies}` : ''}`
  const moved = text.slice(0, place) + wishes + text.slice(place)
  return new Uint8Array(Buffer.from(moved.replace(XREF, `\nstartxref\n${xref + wishes.length}\n%%EOF\n`), 'latin1'))
}
