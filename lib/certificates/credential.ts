/** Builds the unsigned credential of a record from the credential template of its certificate type. */
import type { Config } from '@/lib/config'
import { valueAt } from './record'

interface CodeListEntry {
  match?: string
  code?: string
  term?: string
}

/** The settings of DIVOC's form, and by name whatever else a template reads. */
export type CredentialSettings = Config['credential'] & Readonly<Record<string, string>>

export interface CredentialInput {
  /** "credential" of the type: a JSON tree whose leaves are literals, {from}, {setting} or {derive}. */
  template: unknown
  /** A record in its normal form (dates as instants, numbers as numbers). */
  request: object
  certificateId: string
  issuedAt: Date
  settings: CredentialSettings
  /** Says in the form of VC Data Model 2.0 that it is a test. */
  sandbox?: boolean
  /** `vaccines` maps a vaccine's name to a code, `icd11` a code to its term. */
  codeLists: Record<string, readonly CodeListEntry[]>
}

type Leaf = Record<string, string>

/**
 * The unsigned credential, with its members in the template's order. An absent optional value is ""; of {derive: whenGiven}
 * there is no member then.
 * Values are placed as data, never as text, so nothing in them can change the credential's shape.
 * Throws an Error when the template asks for something outside its grammar (a mistake in the type, not in the request).
 */
export function buildCredential(input: CredentialInput): Record<string, unknown> {
  return build(input.template, input) as Record<string, unknown>
}

function build(node: unknown, input: CredentialInput): unknown {
  if (Array.isArray(node)) return node.map((item) => build(item, input))
  if (typeof node !== 'object' || node === null) return node
  const leaf = node as Leaf
  if (typeof leaf.derive === 'string') return derive(leaf, input)
  if (typeof leaf.from === 'string') return given(leaf.from, input)
  if (typeof leaf.setting === 'string') return settingOf(leaf.setting, input)
  const members = Object.entries(node).map(([key, child]) => [key, build(child, input)] as const)
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

function derive(leaf: Leaf, input: CredentialInput): unknown {
  switch (leaf.derive) {
    case 'certificateId':
      return input.certificateId
    case 'issuedAt':
      return input.issuedAt.toISOString()
    case 'concat':
      return settingOf(leaf.setting, input) + input.certificateId + (leaf.after ?? '')
    case 'sandboxNote':
      return input.sandbox ? 'Test certificate of a sandbox. It is not valid.' : ''
    case 'identityIri':
      return identityIri(text(leaf.from, input), text(leaf.else, input), input.settings)
    case 'ageInYears':
      return text(leaf.age, input) || ageInYears(text(leaf.dob, input), input.issuedAt)
    case 'birthDate':
      return text(leaf.dob, input) || birthDate(text(leaf.age, input), input.issuedAt)
    case 'whenGiven':
      return given(leaf.from!, input) || undefined
    case 'timestamp':
      return timestamp(text(leaf.from, input))
    case 'codeIn':
      return codeIn(leaf.list, text(leaf.from, input), input)
    case 'icd11Code':
      return icd11Code(text(leaf.from, input), input)
    case 'icd11Term':
      return icd11Term(icd11Code(text(leaf.from, input), input), input)
    case 'country':
      return text(leaf.from, input) || settingOf(leaf.setting, input)
    default:
      throw new Error(`The credential template derives "${leaf.derive}", which does not exist.`)
  }
}

/** Numbers stay numbers (dose), everything absent is "". */
function given(path: string, input: CredentialInput): string | number | boolean {
  const value = valueAt(input.request, path) ?? ''
  if (typeof value === 'object') throw new Error(`The credential template places "${path}", which is no single value.`)
  return value as string | number | boolean
}

function text(path: string | undefined, input: CredentialInput): string {
  if (path === undefined) throw new Error('The credential template leaves out a path.')
  return String(given(path, input))
}

function settingOf(name: string | undefined, input: CredentialInput): string {
  const value = name !== undefined && Object.hasOwn(input.settings, name) ? input.settings[name] : undefined
  if (value === undefined) throw new Error(`The credential template reads the setting "${name}", which does not exist.`)
  return value
}

/** A relative id would leave the subject unsigned, so the identity always becomes an absolute IRI. */
function identityIri(identity: string, fallback: string, settings: CredentialSettings): string {
  if (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]+$/iu.test(identity)) return identity
  const rejected = new RegExp(settings.identityRejectionPattern).test(identity.toUpperCase())
  return `${settings.did}:${encodeForIri(rejected ? fallback : identity)}`
}

/** Percent-encodes what may not stand in an IRI and leaves the rest readable. */
function encodeForIri(value: string): string {
  return value.replace(/[\s<>"{}|\\^`\p{Cc}]|%(?![0-9a-f]{2})/giu, (character) =>
    character === ' ' ? '%20' : encodeURIComponent(character),
  )
}

/** Whole years on the day of issue. Years up to 1900 stand for "unknown" in source systems: no age is made of them. */
function ageInYears(dob: string, at: Date): string {
  const [year, month, day] = dob.split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined || year <= 1900) return ''
  const beforeBirthday = at.getUTCMonth() + 1 < month || (at.getUTCMonth() + 1 === month && at.getUTCDate() < day)
  return String(Math.max(0, at.getUTCFullYear() - year - (beforeBirthday ? 1 : 0)))
}

function birthDate(age: string, at: Date): string {
  return age === '' ? '' : `${String(at.getUTCFullYear() - Number(age)).padStart(4, '0')}-01-01`
}

/** YYYY-MM-DDTHH:MM:SS.mmmZ, the only form DIVOC's revocation look-up reads. */
function timestamp(instant: string): string {
  return instant === '' ? '' : new Date(instant).toISOString()
}

function icd11Code(vaccine: string, input: CredentialInput): string {
  return codeIn('vaccines', vaccine, input)
}

/** Of a code list the first entry contained in a text, both in lower case and without spaces. */
function codeIn(list: string | undefined, given: string, { codeLists }: CredentialInput): string {
  const name = squeeze(given)
  const entries = list !== undefined && Object.hasOwn(codeLists, list) ? codeLists[list] : undefined
  return entries?.find(({ match }) => match !== undefined && name.includes(squeeze(match)))?.code ?? ''
}

function icd11Term(code: string, { codeLists }: CredentialInput): string {
  return codeLists.icd11?.find((entry) => entry.code === code)?.term ?? ''
}

function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(' ', '')
}
