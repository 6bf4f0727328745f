/** The templates of the credentials: every leaf takes a value that exists, by a function that exists. Pure. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Findings } from './finding'

const SETTINGS = [
  'namespace',
  'namespaceV1',
  'did',
  'issuer',
  'baseUrl',
  'feedbackBaseUrl',
  'infoBaseUrl',
  'facilityCountryCode',
]
/** Those of the form of VC Data Model 2.0 too. */
export const SETTINGS2 = [...SETTINGS, 'vocabulary', 'certificateBase', 'issuerDid', 'issuerName']

type Argument = 'path' | 'setting' | 'text' | 'list'

/** The closed set of functions, with what each takes; a "?" need not be there. */
export const FUNCTIONS: Record<string, Record<string, Argument | `${Argument}?`>> = {
  certificateId: {},
  issuedAt: {},
  sandboxNote: {},
  concat: { setting: 'setting', after: 'text?' },
  identityIri: { from: 'path', else: 'path' },
  ageInYears: { age: 'path', dob: 'path' },
  birthDate: { age: 'path', dob: 'path' },
  timestamp: { from: 'path' },
  whenGiven: { from: 'path' },
  codeIn: { from: 'path', list: 'list' },
  icd11Code: { from: 'path' },
  icd11Term: { from: 'path' },
  country: { from: 'path', setting: 'setting' },
}

/** Code lists that functions read. */
const LISTS: Record<string, string[]> = { icd11Code: ['vaccines'], icd11Term: ['vaccines', 'icd11'] }

/** Checks the three templates of a type, and the places of the credential that the verify page shows. */
export function checkTemplates(type: CertificateType, found: Findings): void {
  for (const [form, declared] of Object.entries(type.forms)) {
    if (!declared) continue
    const { credential } = declared
    const here = ['forms', form, 'credential']
    if (isObject(credential)) walk(credential, here, type, SETTINGS, found)
    else found.error(here, 'The credential is a JSON object.')
  }
  if (isObject(type.credential2)) walk(type.credential2, ['credential2'], type, SETTINGS2, found)
  else if (type.credential2 !== undefined) found.error('/credential2', 'The credential is a JSON object.')
  if ((type.credential2 === undefined) !== (type.vocabulary === undefined))
    found.error('', 'credential2 and vocabulary go together: one of them is missing.')
  checkTime(type.forms.certifyV3.credential, ['forms', 'certifyV3', 'credential'], type, found)
  checkTime(type.credential2, ['credential2'], type, found)
  type.verify.forEach(({ at }, index) => {
    const leaf = at.split('.').reduce<unknown>((node, key) => {
      const inner = Array.isArray(node) ? node[0] : node
      return isObject(inner) ? inner[key] : undefined
    }, type.forms.certifyV3.credential)
    if (!isLeaf(leaf)) found.error(['verify', index, 'at'], `The credential has no value at ${at}.`)
  })
}

/** When a certificate counts is said in instants: a day would end it at midnight UTC, before its last day. */
function checkTime(credential: unknown, here: string[], type: CertificateType, found: Findings): void {
  if (!isObject(credential)) return
  for (const name of ['validFrom', 'validUntil', 'expirationDate']) {
    const leaf = credential[name]
    const field = isObject(leaf) ? fieldsOf(type).find(({ path }) => path === leaf.from) : undefined
    if (field && field.kind !== 'instant')
      found.error(
        [...here, name],
        `${name} is an instant: ${field.path} must be of the kind instant, not ${field.kind}.`,
      )
  }
}

function walk(
  node: unknown,
  here: (string | number)[],
  type: CertificateType,
  settings: string[],
  found: Findings,
): void {
  if (Array.isArray(node)) return node.forEach((item, at) => walk(item, [...here, at], type, settings, found))
  if (!isObject(node)) return
  if (isLeaf(node)) return checkLeaf(node, here, type, settings, found)
  for (const [key, child] of Object.entries(node)) {
    if (key.includes('/') || key in Object.prototype)
      found.error([...here, key], 'This cannot be the name of a member.')
    walk(child, [...here, key], type, settings, found)
  }
}

function checkLeaf(
  leaf: Record<string, unknown>,
  here: (string | number)[],
  type: CertificateType,
  settings: string[],
  found: Findings,
): void {
  const check = (name: string, is: Argument) => {
    const value = leaf[name]
    if (typeof value !== 'string') return found.error([...here, name], `${name} is missing or no text.`)
    if (is === 'setting' && !settings.includes(value)) found.error([...here, name], `There is no setting ${value}.`)
    if (is === 'path') checkPath(value, [...here, name], type, found)
    if (is === 'list' && !Object.hasOwn(type.codeLists, value))
      found.error([...here, name], `There is no code list ${value}.`)
  }
  const takes =
    typeof leaf.derive === 'string'
      ? FUNCTIONS[leaf.derive]
      : typeof leaf.from === 'string'
        ? { from: 'path' as const }
        : { setting: 'setting' as const }
  if (!takes) return found.error([...here, 'derive'], `There is no function ${String(leaf.derive)}.`)
  for (const [name, is] of Object.entries(takes)) {
    if (is.endsWith('?') && leaf[name] === undefined) continue
    check(name, is.replace('?', '') as Argument)
  }
  for (const name of Object.keys(leaf)) {
    if (name !== 'derive' && !(name in takes)) found.error([...here, name], `${name} means nothing here.`)
  }
  for (const list of LISTS[String(leaf.derive)] ?? []) {
    if (!Object.hasOwn(type.codeLists, list))
      found.error([...here, 'derive'], `This reads the code list ${list}, which is not there.`)
  }
}

function checkPath(path: string, here: (string | number)[], type: CertificateType, found: Findings): void {
  if (['preEnrollmentCode', 'programId', 'enrollmentType'].includes(path)) return
  const field = fieldsOf(type).find((one) => one.path === path)
  if (!field) found.error(here, `There is no field ${path}.`)
  else if (field.kind === 'contacts') found.error(here, `${path} is a list: it cannot stand in a credential.`)
}

function isLeaf(node: unknown): node is Record<string, unknown> {
  return isObject(node) && ['from', 'setting', 'derive'].some((word) => typeof node[word] === 'string')
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
