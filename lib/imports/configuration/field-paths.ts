/** `certificateOptionalFieldsKeyPaths`: names of placeholders with the places of the request that fill them. Pure. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { isObject, jsonOf } from '../rows'
import type { Notes } from './notes'

export const PATHS_KEY = 'certificateOptionalFieldsKeyPaths'

const MOST = 200
const NAME = /^[A-Za-z][A-Za-z0-9]{0,99}$/

/** Placeholder -> dotted path. What is no such list is noted and left out. */
export function readFieldPaths(text: string | undefined, notes: Notes): Map<string, string> {
  const paths = new Map<string, string>()
  if (text === undefined) return paths
  const parsed = jsonOf(text)
  if (!isObject(parsed) || Object.keys(parsed).length > MOST) {
    notes.add('not_taken', PATHS_KEY, null, `This is no JSON object of at most ${MOST} names with their places.`)
    return paths
  }
  for (const [name, path] of Object.entries(parsed)) {
    if (isPath(path)) paths.set(name, path.join('.'))
    else notes.add('not_taken', PATHS_KEY, name, `${name} names no place: a list of one to five names is one.`)
  }
  return paths
}

function isPath(path: unknown): path is string[] {
  return (
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= 5 &&
    path.every((part) => typeof part === 'string' && NAME.test(part) && !(part in Object.prototype))
  )
}

/** What a request has besides the fields of its type. */
const ENVELOPE = ['preEnrollmentCode', 'programId', 'enrollmentType']
/** Not asked for: whatever their system says about a request. */
const NO_FIELDS = ['meta', 'comorbidities', 'reason']

type Declaration = { sections: { id: string; title: string; required: boolean; fields: object[] }[] }

/**
 * Adds to a declaration the field at a path that it has not: an optional text, at the end of its section. Answers whether
 * there is a field there then.
 */
export function withField(declaration: Declaration, type: CertificateType, path: string): 'there' | 'added' | null {
  const fields = fieldsOf(type)
  if (ENVELOPE.includes(path) || fields.some((field) => field.path === path)) return 'there'
  const isBesideAnother = fields.some((field) => field.path.startsWith(`${path}.`) || path.startsWith(`${field.path}.`))
  const [id = '', ...rest] = path.split('.')
  if (rest.length === 0 || NO_FIELDS.includes(id) || isBesideAnother) return null
  const group = fields.find((one) => one.group !== undefined && path.startsWith(`${one.group}.`))?.group
  const label = wordsOf(rest.join(' '))
  const field = { path, kind: 'text', label, ...(group === undefined ? {} : { group }), printed: true }
  const section = declaration.sections.find((one) => one.id === id)
  if (section) {
    if (section.fields.some((one) => (one as { path: string }).path === path)) return 'added'
    section.fields.push(field)
  } else declaration.sections.push({ id, title: wordsOf(id), required: false, fields: [field] })
  return 'added'
}

/** "passportNumber" -> "Passport number" */
function wordsOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
