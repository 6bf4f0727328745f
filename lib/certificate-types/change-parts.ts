/** Sections and the logo of a certificate type. Pure. */
import { dropField } from './change-fields'
import { isJson, sectionAt, type Draft, type DraftType } from './draft'

export interface NewSection {
  id: string
  title: string
  required: boolean
}

/** Adds a section without fields at the end. */
export function addSection(type: DraftType, section: NewSection): void {
  if (type.sections.some(({ id }) => id === section.id)) throw new Error(`There is a section ${section.id} already.`)
  type.sections.push({ ...section, fields: [] })
}

/** Takes a section away with its fields and whatever speaks of them. */
export function dropSection(type: DraftType, id: string): void {
  for (const { path } of [...sectionAt(type, id).fields]) dropField(type, path)
  type.sections = type.sections.filter((section) => section.id !== id)
  if (!isJson(type.forms)) return
  for (const form of Object.values(type.forms)) {
    if (isJson(form) && Array.isArray(form.alsoRequired))
      form.alsoRequired = form.alsoRequired.filter((one) => one !== id)
  }
}

/** Another logo; null: that of the template. The file of the one before goes, where it was there for that alone. */
export function setLogo(
  type: DraftType,
  files: Draft['files'],
  file: { name: string; content: string } | null,
): Draft['files'] {
  const page = isJson(type.page) ? type.page : (type.page = {})
  const before = typeof (page as { logo?: unknown }).logo === 'string' ? (page as { logo: string }).logo : null
  const rest = Object.fromEntries(Object.entries(files).filter(([name]) => name !== before))
  if (!file) {
    delete (page as { logo?: unknown }).logo
    return rest
  }
  ;(page as { logo?: unknown }).logo = file.name
  return { ...rest, [file.name]: file.content }
}
