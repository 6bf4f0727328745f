/** Private family names for the shipped fonts: Typst also loads the machine's fonts, and one of the same name would be taken for ours. */

const FAMILY_NAMES = new Set([1, 16])
const publicNames = ['Noto', 'Source']
/** As long as the public names, so that a name is replaced in place and no table moves. */
const privateNames = ['Page', 'Letter']

/** The name under which Typst knows a shipped family. @param {string} family @returns {string} */
export function privateFamily(family) {
  const at = publicNames.findIndex((name) => family.startsWith(name))
  if (at < 0) throw new Error(`no private name for the font family ${family}`)
  return privateNames[at] + family.slice(publicNames[at].length)
}

/**
 * Writes the private name into a font's `name` table (OpenType specification; records 1 and 16). The PostScript name,
 * which the PDF shows, stays. @param {Buffer} font a TrueType file, changed in place @returns {Buffer} the same
 */
export function giveFontPrivateName(font) {
  const table = tableOffset(font, 'name')
  const texts = table + font.readUInt16BE(table + 4)
  for (let at = 0; at < font.readUInt16BE(table + 2); at++) {
    const record = table + 6 + at * 12
    if (!FAMILY_NAMES.has(font.readUInt16BE(record + 6))) continue
    const from = texts + font.readUInt16BE(record + 10)
    rewrite(font.subarray(from, from + font.readUInt16BE(record + 8)), font.readUInt16BE(record) === 1)
  }
  return font
}

function rewrite(bytes, oneBytePerLetter) {
  const read = oneBytePerLetter ? bytes.toString('latin1') : Buffer.from(bytes).swap16().toString('utf16le')
  const name = Buffer.from(privateFamily(read), oneBytePerLetter ? 'latin1' : 'utf16le')
  bytes.set(oneBytePerLetter ? name : name.swap16())
}

function tableOffset(font, wanted) {
  for (let record = 12; record < 12 + font.readUInt16BE(4) * 16; record += 16) {
    if (font.toString('latin1', record, record + 4) === wanted) return font.readUInt32BE(record + 8)
  }
  throw new Error(`font without ${wanted} table`)
}
