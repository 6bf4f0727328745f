/** The fonts a certificate is set in: which packages carry them, and where their files are. Read by the Typst child and by glyphs.ts. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const shipped = ['', 'Sinhala', 'Devanagari', 'Tamil', 'Arabic', 'Thai', 'Khmer', 'Ethiopic']
/** Used when installed: the Chinese package alone is about 100 MB, so it is the operator's choice. */
const optional = ['SC', 'TC', 'JP', 'KR']

const weights = ['400Regular', '600SemiBold']

/**
 * @typedef {{ family: string, files: string[] }} CertificateFont the family name that stands in its files, and the
 *   absolute paths of its TrueType files, the regular weight first
 */

/**
 * The families that values are set in, in the order Typst tries them; optional ones only where installed. A character is
 * printable when one of these draws it, and only then.
 * @param {string} root repository root
 * @returns {CertificateFont[]}
 */
export function valueFonts(root) {
  const fonts = [...shipped, ...optional].map((script) => {
    const name = `NotoSans${script}`
    const folder = ['noto-sans', script.toLowerCase()].filter(Boolean).join('-')
    return { family: ['Noto Sans', script].filter(Boolean).join(' '), files: filesOf(root, folder, name) }
  })
  return fonts.filter((font, at) => at < shipped.length || existsSync(font.files[0]))
}

/**
 * The serif of the title alone, tried before the families of values.
 * @param {string} root repository root
 * @returns {CertificateFont}
 */
export function titleFont(root) {
  return { family: 'Source Serif 4', files: filesOf(root, 'source-serif-4', 'SourceSerif4') }
}

function filesOf(root, folder, name) {
  const packages = join(root, 'node_modules', '@expo-google-fonts')
  return weights.map((weight) => join(packages, folder, weight, `${name}_${weight}.ttf`))
}
