/** Fields that come, change and go, with everything that hangs on them. Pure. */
import { dropLeaves, firstPlaces, nodeAt, putLeaf, type Places } from './change-credential'
import { withWords } from './change-words'
import {
  assign,
  fieldsIn,
  isJson,
  moved,
  sectionAt,
  templateIn,
  TEMPLATES,
  type Draft,
  type DraftField,
  type DraftType,
  type Json,
} from './draft'

export type NewField = Pick<DraftField, 'path' | 'kind' | 'label'> & Json

interface Adding {
  section: string
  field: NewField
  /** Path of the field that it comes after; without it it is the last. */
  after?: string
  /** Where its value stands in the credentials; empty: it is not signed. */
  places: Places
  /** Whether the verify page shows it. */
  verified: boolean
}

/** A field with its places in the credentials, the words that give them meaning, and its line on the verify page. */
export function addField(type: DraftType, files: Draft['files'], adding: Adding, inForce: number): Draft['files'] {
  const { section, field, after, places, verified } = adding
  const { fields } = sectionAt(type, section)
  if (fieldsIn(type).some(({ path }) => path === field.path)) throw new Error(`There is a field ${field.path} already.`)
  const at = fields.findIndex(({ path }) => path === after)
  fields.splice(at < 0 ? fields.length : at + 1, 0, { ...field })
  addColumn(type, field.path)
  const made = placeField(type, files, field.path, places, inForce)
  showField(type, field.path, verified)
  return made
}

/** Where a type says which columns its CSV files have, a field without one could not be given in them. */
function addColumn(type: DraftType, path: string): void {
  if (!Array.isArray(type.csv)) return
  const taken = new Set(type.csv.map((entry) => (isJson(entry) ? entry.column : undefined)))
  const name = path.split('.').at(-1)!
  type.csv.push({ column: taken.has(name) ? path : name, path })
}

/** Gives a field other places in the credentials, with words for them. */
export function placeField(
  type: DraftType,
  files: Draft['files'],
  path: string,
  places: Places,
  inForce: number,
): Draft['files'] {
  const field = fieldAt(type, path)
  const before = firstPlaces(type, path)
  const shown = isVerified(type, path)
  let made = files
  for (const template of TEMPLATES) {
    const place = places[template]
    if (place === before[template] || !templateIn(type, template)) continue
    dropLeaves(type, template, path)
    if (!place) continue
    putLeaf(type, template, place, field)
    made = withWords(made, type, { template, place, kind: field.kind, inForce })
  }
  type.verify = withoutDangling(type)
  showField(type, path, shown)
  return made
}

/** Sets members of a field; undefined takes one away. The verify page follows its label. */
export function changeField(type: DraftType, path: string, values: Partial<DraftField>): void {
  const field = fieldAt(type, path)
  assign(field, values)
  if (isVerified(type, path)) showField(type, path, true)
}

/** Takes a field away, and whatever speaks of it. Words stay: certificates were signed with them. */
export function dropField(type: DraftType, path: string): void {
  for (const section of type.sections) section.fields = section.fields.filter((field) => field.path !== path)
  for (const field of fieldsIn(type)) assign(field, { resets: without(field.resets, path) })
  for (const template of TEMPLATES) dropLeaves(type, template, path)
  if (isJson(type.forms)) {
    for (const form of Object.values(type.forms)) {
      if (isJson(form) && Array.isArray(form.alsoRequired))
        form.alsoRequired = form.alsoRequired.filter((one) => one !== path)
    }
  }
  if (Array.isArray(type.checks)) {
    type.checks = type.checks.filter((check) => !isJson(check) || !Object.values(check).includes(path))
  }
  if (Array.isArray(type.csv)) type.csv = type.csv.filter((entry) => !isJson(entry) || entry.path !== path)
  for (const roles of [type.lineage, type.person, type.event]) {
    if (isJson(roles)) for (const [name, value] of Object.entries(roles)) if (value === path) delete roles[name]
  }
  if (Array.isArray(type.verify)) type.verify = withoutDangling(type)
}

/** Moves a field within its section. */
export function moveField(type: DraftType, path: string, by: -1 | 1): void {
  for (const { fields } of type.sections) moved(fields, (field) => field.path === path, by)
}

/** Whether the verify page shows a field. */
export function isVerified(type: DraftType, path: string): boolean {
  const { certifyV3 } = firstPlaces(type, path)
  return certifyV3 !== undefined && verifyOf(type).some(({ at }) => at === certifyV3)
}

/** Shows a field to verifiers, under its labels, or hides it from them. What is not signed cannot be shown. */
export function showField(type: DraftType, path: string, verified: boolean): void {
  const { label, labels } = fieldAt(type, path)
  const { certifyV3: at } = firstPlaces(type, path)
  const entries = verifyOf(type)
  if (at === undefined) return
  const entry = { label, ...(labels && Object.keys(labels).length > 0 ? { labels } : {}), at }
  const there = entries.some((one) => one.at === at)
  const next = verified
    ? there
      ? entries.map((one) => (one.at === at ? entry : one))
      : [...entries, entry]
    : entries.filter((one) => one.at !== at)
  if (next.length > 0 || type.verify !== undefined) type.verify = next
}

function withoutDangling(type: DraftType): Json[] | undefined {
  if (!Array.isArray(type.verify)) return undefined
  const root = templateIn(type, 'certifyV3')
  return verifyOf(type).filter(({ at }) => nodeAt(root, String(at)) !== undefined)
}

function verifyOf(type: DraftType): Json[] {
  return Array.isArray(type.verify) ? type.verify.filter(isJson) : []
}

function fieldAt(type: DraftType, path: string): DraftField {
  const found = fieldsIn(type).find((field) => field.path === path)
  if (!found) throw new Error(`There is no field ${path}.`)
  return found
}

function without(list: unknown, path: string): unknown {
  if (!Array.isArray(list)) return list
  const rest = list.filter((one) => one !== path)
  return rest.length === 0 ? undefined : rest
}
