/** The fonts a certificate is set in: which packages carry them, and where their files are. Read by the Typst child and by glyphs.ts. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const shipped = ['', 'Sinhala', 'Devanagari', 'Tamil', 'Arabic', 'Thai', 'Khmer', 'Ethiopic']
/** Used when installed: the Chinese package alone is about 100 MB, so it is the operator's choice. */
const optional = ['SC', 'TC', 'JP', 'KR']

const weights = ['400Regular', '600SemiBold']

/**
 * The Noto families in the order Typst tries them, then the serif of titles; optional ones only where installed.
 * Each has the family name that stands in its files and the absolute paths of its TrueType files, the regular weight first.
 * @param {string} root repository root
 * @returns {{ family: string, files: string[] }[]}
 */
export function certificateFonts(root) {
  const sans = [...shipped, ...optional].map((script) => {
    const name = `NotoSans${script}`
    const folder = ['noto-sans', script.toLowerCase()].filter(Boolean).join('-')
    return { family: ['Noto Sans', script].filter(Boolean).join(' '), files: filesOf(root, folder, name) }
  })
  const serif = { family: 'Source Serif 4', files: filesOf(root, 'source-serif-4', 'SourceSerif4') }
  const fonts = [...sans, serif]
  return fonts.filter((font, at) => (at >= shipped.length && font !== serif ? existsSync(font.files[0]) : true))
}

function filesOf(root, folder, name) {
  const packages = join(root, 'node_modules', '@expo-google-fonts')
  return weights.map((weight) => join(packages, folder, weight, `${name}_${weight}.ttf`))
}
