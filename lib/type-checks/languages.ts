/** The words of a type in its languages: whatever stands on paper has to be in a font that is installed. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { nameOfCharacter, unsupportedCharacters } from '@/lib/rendering/glyphs'
import type { Findings } from './finding'

type Place = (string | number)[]

/** Checks titles, labels and units of what is printed, in English and in the second language. */
export function checkLanguages(type: CertificateType, found: Findings): void {
  const { alsoIn } = type
  const without: string[] = []
  const check = (here: Place, words: string | undefined) => {
    const characters = unsupportedCharacters(words ?? '')
    if (characters.length === 0) return
    const named = characters.slice(0, 5).map(nameOfCharacter).join(', ')
    found.error(here, `No installed font has ${named}: pages could not be set. Install a Noto font of this script.`)
  }
  const both = (
    here: Place,
    [one, many]: ['title' | 'label', string],
    words: string,
    others?: Record<string, string>,
  ) => {
    check([...here, one], words)
    if (alsoIn === undefined) return
    check([...here, many, alsoIn], others?.[alsoIn])
    if (others?.[alsoIn] === undefined) without.push(words)
  }
  both([], ['title', 'titles'], type.title, type.titles)
  type.sections.forEach((section, s) => {
    if (section.fields.some(({ printed }) => printed))
      both(['sections', s], ['title', 'titles'], section.title, section.titles)
    section.fields.forEach((field, f) => {
      if (!field.printed) return
      both(['sections', s, 'fields', f], ['label', 'labels'], field.label, field.labels)
      check(['sections', s, 'fields', f, 'unit'], field.unit)
    })
  })
  if (without.length > 0) {
    found.warn('/alsoIn', `These stand on paper in English alone, without words in ${alsoIn}: ${without.join(', ')}.`)
  }
}
