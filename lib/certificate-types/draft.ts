/** A type while it is written: text and files as the API takes them, read without asking whether all of it is right. Pure. */

/** type.json as text, and the other files as base64 by name. */
export interface Draft {
  document: string
  files: Record<string, string>
}

/** A tree of JSON. */
export type Json = Record<string, unknown>

/** A field as it is written; members that nobody here knows stay as they are. */
export interface DraftField extends Json {
  path: string
  kind: string
  label: string
  labels?: Record<string, string>
}

export interface DraftSection extends Json {
  id: string
  title: string
  fields: DraftField[]
}

export interface DraftType extends Json {
  title: string
  sections: DraftSection[]
  codeLists: Record<string, Json[]>
}

/** The three templates of a credential, by the name under which the screens and the changes know them. */
export const TEMPLATES = ['certifyV3', 'certifyV2', 'credential2'] as const
export type Template = (typeof TEMPLATES)[number]

/** The declaration of a draft; null while it has not even the shape of one. */
export function declaredIn({ document }: Draft): DraftType | null {
  let value: unknown
  try {
    value = JSON.parse(document)
  } catch {
    return null
  }
  if (!isJson(value) || !Array.isArray(value.sections) || !value.sections.every(isSection)) return null
  const { title = '', codeLists = {} } = value
  if (typeof title !== 'string' || !isJson(codeLists)) return null
  return Object.values(codeLists).every((rows) => Array.isArray(rows) && rows.every(isJson))
    ? (value as DraftType)
    : null
}

function isSection(value: unknown): boolean {
  return (
    isJson(value) &&
    typeof value.id === 'string' &&
    typeof value.title === 'string' &&
    Array.isArray(value.fields) &&
    value.fields.every(
      (field) =>
        isJson(field) &&
        typeof field.path === 'string' &&
        typeof field.kind === 'string' &&
        typeof field.label === 'string',
    )
  )
}

/** All fields in the order of the form. */
export function fieldsIn(type: DraftType): DraftField[] {
  return type.sections.flatMap(({ fields }) => fields)
}

/** One template of a credential, null where the type has none. */
export function templateIn(type: DraftType, template: Template): Json | null {
  const forms = isJson(type.forms) ? type.forms : {}
  const holder = template === 'credential2' ? type : forms[template]
  const found = isJson(holder) ? holder[template === 'credential2' ? 'credential2' : 'credential'] : null
  return isJson(found) ? found : null
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets members; undefined takes one away. */
export function assign(target: Json, values: Json): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete target[name]
    else target[name] = value
  }
}

/** The section of this id. Throws an Error where there is none. */
export function sectionAt(type: DraftType, id: string): DraftSection {
  const found = type.sections.find((section) => section.id === id)
  if (!found) throw new Error(`There is no section ${id}.`)
  return found
}

/** Moves one of a list by a place, where there is one. */
export function moved<T>(list: T[], is: (item: T) => boolean, by: -1 | 1): void {
  const from = list.findIndex(is)
  const to = from + by
  if (from < 0 || to < 0 || to >= list.length) return
  list.splice(to, 0, ...list.splice(from, 1))
}
