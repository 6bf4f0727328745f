/** The configuration of a DIVOC deployment as the next version of a certificate type. Nothing of it is ever run or rendered. Pure. */
import type { TypeDocument } from '@/lib/certificate-types/document'
import { declaration } from '@/lib/certificate-types/declaration'
import type { CertificateType, Form } from '@/lib/certificate-types/type'
import { readTerms, readVaccines } from './code-lists'
import { PATHS_KEY, readFieldPaths, withField } from './field-paths'
import { compileJson } from './json-template'
import { TemplateError } from './mustache'
import { Notes, type Note } from './notes'
import { leafFor, oddQuotes, type Leaf } from './placeholders'
import type { Configuration } from './read'

/** Which template writes which generation. */
const TEMPLATES: Record<string, Form> = { DDCC_TEMPLATE: 'certifyV3', W3C_TEMPLATE: 'certifyV2' }
/** The words of the credentials, called as DIVOC's package of them calls them. */
const CONTEXTS: Record<string, Form> = { vaccinationContextV2: 'certifyV3', vaccinationContext: 'certifyV2' }

const HTML = 'Pages of HTML are not taken over: the page template of the type stays (Typst, without code).'
const APPS = 'This belongs to DIVOC’s registration, which has no counterpart here.'
const EU = 'EU certificates are not issued here.'
/** What is left, and why. */
const NOT_HERE: Record<string, string> = {
  NOTIFICATION_TEMPLATES: 'Texts of messages are not configured here: the notify topic carries a fixed one.',
  PROGRAM_COMORBIDITIES: APPS,
  COUNTRY_SPECIFIC_FEATURES: APPS,
  certificateHelperFunctions: 'Code is never run.',
  vaccineCertificateTemplate: HTML,
  testCertificateTemplate: HTML,
  euVaccineCertificateTemplate: HTML,
  euVaccineCode: EU,
  euVaccineManuf: EU,
  euVaccineProph: EU,
}

export interface CompiledConfiguration {
  /** The present document with what the configuration says in its place. */
  document: TypeDocument
  notes: Note[]
}

interface Declared {
  sections: { id: string; title: string; required: boolean; fields: object[] }[]
  forms: Record<string, { context: string; credential: unknown } | undefined>
  codeLists: CertificateType['codeLists']
}

/** Compiles. A template that is not understood as a whole is left, and the present mapping of its form stays. */
export function compileConfiguration(
  { values, tooLarge }: Configuration,
  present: TypeDocument,
): CompiledConfiguration {
  const notes = new Notes()
  const declared = JSON.parse(present.text) as Declared
  const files = new Map(present.files)
  for (const name of tooLarge) notes.add('not_taken', name, null, 'This is too large to be configuration.')
  takeLists(values, declared, notes)
  const paths = readFieldPaths(values.get(PATHS_KEY), notes)
  const used = new Set<string>()
  for (const [key, form] of Object.entries(TEMPLATES)) takeTemplate({ key, form, values, paths, declared, used, notes })
  noteFieldPaths(paths, used, notes)
  for (const [key, form] of Object.entries(CONTEXTS)) takeContext({ key, form, values, declared, files, notes })
  for (const key of values.keys()) noteLeft(key, notes)
  return { document: { text: JSON.stringify(declared, null, 2), files }, notes: notes.all }
}

function takeLists(values: Configuration['values'], declared: Declared, notes: Notes): void {
  const lists = declared.codeLists
  const [terms, vaccines] = [values.get('ICD'), values.get('VACCINE_ICD')]
  if (terms !== undefined) lists.icd11 = readTerms(terms, notes) ?? lists.icd11 ?? []
  if (vaccines === undefined) return
  lists.vaccines = readVaccines(vaccines, lists.vaccines ?? [], lists.icd11 ?? [], notes) ?? lists.vaccines ?? []
}

interface Taking {
  key: string
  form: Form
  values: Configuration['values']
  declared: Declared
  notes: Notes
}

function takeTemplate(given: Taking & { paths: ReadonlyMap<string, string>; used: Set<string> }): void {
  const { key, form, values, paths, declared, used, notes } = given
  const template = values.get(key)
  const target = declared.forms[form]
  if (template === undefined) return
  if (!target) return notes.add('not_taken', key, null, 'The type has no certificates of this generation.')
  const type = declaration.parse(declared)
  const own = new Notes()
  try {
    const leafOf = (name: string) => leafFor(name, { form, paths, type })
    const { tree, conditions } = compileJson(template, (placeholder, place) => {
      const { name } = placeholder
      const leaf = leafOf(name)
      if (!leaf) return emptyLeaf(placeholder, place, key, own)
      used.add(name)
      const odd = oddQuotes(placeholder, leaf, type)
      if (odd === 'refuse') throw new TemplateError(`${place}: {{${name}}} is a text and has no quotes around it.`)
      if (odd === 'differs') own.add('differs', key, place, `{{${name}}} is in quotes: a text there, a number here.`)
      return leaf
    })
    for (const name of conditions) {
      if (!leafOf(name)) throw new TemplateError(`{{#${name}}} decides about a part of it, and nothing fills ${name}.`)
      own.add(
        'differs',
        key,
        null,
        `A part stands there only with {{#${name}}}: here it always does, empty without a value.`,
      )
    }
    addFields(given, own)
    noteDifferences(target.credential, tree, key, own)
    target.credential = tree
    for (const note of own.all) notes.add(note.outcome, note.key, note.place, note.message)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    notes.add('not_taken', key, null, `${error.message} The present mapping stays.`)
  }
}

/** A name that nothing fills is empty in every certificate of DIVOC’s too. */
function emptyLeaf({ name, quoted }: { name: string; quoted: boolean }, place: string, key: string, notes: Notes): '' {
  if (!quoted) throw new TemplateError(`${place}: nothing fills {{${name}}}, and without quotes that is no JSON.`)
  const advice = `If your signer fills it, say from what in ${PATHS_KEY}.`
  notes.add('not_taken', key, place, `Nothing fills {{${name}}} in DIVOC: the value is always empty. ${advice}`)
  return ''
}

/** Fields that the templates use and the type does not have. */
function addFields({ paths, used, declared }: Parameters<typeof takeTemplate>[0], notes: Notes): void {
  const type = declaration.parse(declared)
  for (const name of used) {
    const path = paths.get(name)
    if (path === undefined) continue
    const done = withField(declared, type, path)
    if (done === null) throw new TemplateError(`{{${name}}} is filled from ${path}, which can be no field.`)
    if (done === 'added')
      notes.add('taken', PATHS_KEY, name, `The type has no ${path}: it becomes an optional field of the form.`)
  }
}

function noteFieldPaths(paths: ReadonlyMap<string, string>, used: ReadonlySet<string>, notes: Notes): void {
  const unused = [...paths.keys()].filter((name) => !used.has(name))
  if (paths.size > unused.length)
    notes.add(
      'taken',
      PATHS_KEY,
      null,
      `${paths.size - unused.length} names with their places; empty where there is no value.`,
    )
  for (const name of unused) notes.add('not_taken', PATHS_KEY, name, 'No template that was taken over uses this name.')
}

/** What certificates say otherwise than those of the present version. */
function noteDifferences(before: unknown, after: unknown, key: string, notes: Notes): void {
  const [was, is] = [leavesOf(before), leavesOf(after)]
  notes.add('taken', key, null, `${is.size} values of the certificate.`)
  for (const [place, leaf] of is) {
    if (!was.has(place)) notes.add('differs', key, place, 'The certificate says this besides.')
    else if (was.get(place) !== leaf)
      notes.add('differs', key, place, `The certificate says something else here: ${leaf}`)
  }
  for (const place of was.keys())
    if (!is.has(place)) notes.add('differs', key, place, 'The certificate says this no more.')
}

function leavesOf(node: unknown, place = ''): Map<string, string> {
  if (typeof node !== 'object' || node === null || isLeaf(node)) return new Map([[place, JSON.stringify(node)]])
  return new Map(Object.entries(node).flatMap(([key, child]) => [...leavesOf(child, `${place}/${key}`)]))
}

function isLeaf(node: object): node is Leaf {
  return ['from', 'setting', 'derive'].some((word) => typeof (node as Leaf)[word] === 'string')
}

function takeContext({ key, form, values, declared, files, notes }: Taking & { files: Map<string, Buffer> }): void {
  const text = values.get(key)
  const target = declared.forms[form]
  if (text === undefined || !target) return
  files.set(target.context, Buffer.from(text))
  notes.add('taken', key, null, `The words of ${target.context}.`)
}

function noteLeft(key: string, notes: Notes): void {
  if ([...Object.keys(TEMPLATES), ...Object.keys(CONTEXTS), 'ICD', 'VACCINE_ICD', PATHS_KEY].includes(key)) return
  const ofEntity = 'This is of an entity of its own: certificates of other kinds are types of their own here.'
  const why = Object.hasOwn(NOT_HERE, key) ? NOT_HERE[key]! : key.includes('/') ? ofEntity : 'This key is not known.'
  notes.add('not_taken', key, null, why)
}
