/** What a declaration says about itself: fields that are there, lists that exist, paths that lead somewhere. Pure. */
import { piecesOf } from '@/lib/certificate-types/pattern'
import { fieldsOf, lockOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { checkCsv } from './csv'
import type { Findings } from './finding'

/** What every request has besides the sections of its type. */
const ENVELOPE = ['preEnrollmentCode', 'enrollmentType', 'programId', 'comorbidities', 'meta', 'reason']
const TEXTS: readonly Field['kind'][] = ['text', 'choice', 'code', 'identifier']

/** Checks fields, checks across fields, the key of lineages and what the forms require besides. */
export function checkDeclaration(type: CertificateType, found: Findings): void {
  checkSections(type, found)
  const byPath = new Map(fieldsOf(type).map((field) => [field.path, field]))
  type.sections.forEach((section, s) =>
    section.fields.forEach((field, f) => checkField(type, field, ['sections', s, 'fields', f], byPath, found)),
  )
  const groups = new Set(fieldsOf(type).flatMap((field) => (field.group ? [field.group] : [])))
  const known = new Set([...byPath.keys(), ...groups, ...type.sections.map(({ id }) => id)])
  for (const [form, declared] of Object.entries(type.forms)) {
    declared?.alsoRequired.forEach((path, at) => {
      if (!known.has(path)) found.error(['forms', form, 'alsoRequired', at], `There is no field or section ${path}.`)
    })
  }
  checkSequence(type, byPath, found)
  checkKey(type, byPath, found)
  checkPerson(type, byPath, found)
  checkEvent(type, byPath, found)
  checkApproval(type, found)
  checkCsv(type, found)
  checkFlat(type, found)
  type.checks.forEach((check, at) => {
    for (const [name, path] of Object.entries(check)) {
      if (name !== 'check' && !byPath.has(path)) found.error(['checks', at, name], `There is no field ${path}.`)
    }
  })
}

/** One name, one type, whatever it was called before. */
export function checkAliases(
  { name, aliases }: CertificateType,
  earlier: readonly { type: CertificateType }[],
  found: Findings,
): void {
  const others = earlier.filter(({ type }) => type.name !== name)
  aliases.forEach((alias, at) => {
    const other = others.find(({ type }) => type.name === alias || type.aliases.includes(alias))
    if (alias === name) found.error(['aliases', at], `${alias} is its name already.`)
    if (other) found.error(['aliases', at], `${alias} is a name of the type ${other.type.name}.`)
  })
  const taken = others.find(({ type }) => type.aliases.includes(name))
  if (taken) found.error('/name', `${name} is a name of the type ${taken.type.name}.`)
}

function checkSections(type: CertificateType, found: Findings): void {
  const ids = new Set<string>()
  const paths = new Map<string, string>()
  type.sections.forEach(({ id, fields }, s) => {
    if (id.includes('.')) found.error(['sections', s, 'id'], 'The id of a section is one name, without dots.')
    if (ENVELOPE.includes(id)) found.error(['sections', s, 'id'], `Every request has ${id} already: choose another id.`)
    if (ids.has(id)) found.error(['sections', s, 'id'], `There are two sections ${id}.`)
    ids.add(id)
    fields.forEach(({ path }, f) => {
      const here = ['sections', s, 'fields', f, 'path']
      if (!path.startsWith(`${id}.`)) found.error(here, `${path} does not begin with the section’s id, "${id}.".`)
      if (paths.has(path)) found.error(here, `There are two fields ${path}.`)
      for (const other of paths.keys()) {
        if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
          found.error(here, `${path} and ${other} cannot both be fields: one would be inside the other.`)
      }
      paths.set(path, id)
    })
  })
}

function checkField(
  type: CertificateType,
  field: Field,
  here: (string | number)[],
  byPath: Map<string, Field>,
  found: Findings,
): void {
  const { path, kind, group, codeList, pattern, minLength, maxLength = 300, minimum = 1, maximum = 1000 } = field
  if (group !== undefined && !path.startsWith(`${group}.`))
    found.error([...here, 'group'], `${path} is not inside the group ${group}.`)
  if (kind === 'code' && codeList === undefined) found.error(here, `${path} is a code: say its codeList.`)
  if (codeList !== undefined && !Object.hasOwn(type.codeLists, codeList))
    found.error([...here, 'codeList'], `There is no code list ${codeList}.`)
  if (minLength > maxLength) found.error([...here, 'maxLength'], `The shortest text has ${minLength} characters.`)
  if (minimum > maximum) found.error([...here, 'maximum'], `The smallest number is ${minimum}.`)
  for (const name of ['pattern', 'format', 'allowed'] as const) {
    if (field[name] !== undefined && !TEXTS.includes(kind))
      found.error([...here, name], `A field of the kind ${kind} has no ${name}.`)
  }
  if (field.future && kind !== 'instant')
    found.error([...here, 'future'], `A field of the kind ${kind} is never asked whether it lies ahead.`)
  if (pattern !== undefined) {
    try {
      piecesOf(pattern)
    } catch (error) {
      found.error([...here, 'pattern'], error instanceof Error ? error.message : 'The pattern is not understood.')
    }
  }
  checkMasked(field, type.person.name, here, found)
  field.resets?.forEach((other, at) => {
    const reset = byPath.get(other)
    if (!reset) found.error([...here, 'resets', at], `There is no field ${other}.`)
    else if (other === path || lockOf(type, reset) !== undefined)
      found.error([...here, 'resets', at], `${other} cannot be emptied by ${path}.`)
  })
}

const MASKED: readonly Field['kind'][] = ['text', 'identifier', 'contacts']
/** Longer than any marker. */
const ROOM_FOR_MARKER = 60

/** A marker stands in the place of a hidden value in what people send back: the field has to take it as it takes the value. */
function checkMasked(field: Field, nameAt: string, here: (string | number)[], found: Findings): void {
  const { masked, path, kind, maxLength = 300 } = field
  if (!masked) return
  const at = [...here, 'masked']
  if (path === nameAt) found.error(at, 'The name cannot be hidden: people are found and checked by it.')
  if (!MASKED.includes(kind)) found.error(at, `A field of the kind ${kind} cannot be hidden: only texts are.`)
  if (maxLength < ROOM_FOR_MARKER)
    found.error(at, `A hidden field needs room for ${ROOM_FOR_MARKER} characters: make maxLength larger.`)
  for (const name of ['pattern', 'format', 'allowed'] as const) {
    if (field[name] !== undefined)
      found.error(at, `A hidden field has no ${name}: what stands for its value would not pass.`)
  }
}

/** The number that tells the certificates of one code apart is always there, and corrections leave it as it is. */
function checkSequence({ lineage }: CertificateType, byPath: Map<string, Field>, found: Findings): void {
  if (lineage.sequence === undefined) return
  const here = ['lineage', 'sequence']
  const field = byPath.get(lineage.sequence)
  if (!field) return found.error(here, `There is no field ${lineage.sequence}.`)
  if (field.kind !== 'wholeNumber' && field.kind !== 'instant')
    found.error(here, `${field.path} must be of the kind wholeNumber or instant.`)
  if (!field.required || field.group)
    found.error(here, `${field.path} must be required: every certificate has its number.`)
  if (field.locked === undefined) found.error(here, `${field.path} must be locked: say why it cannot be corrected.`)
}

/** The field that stands for the code: always there, a code itself, the same in all corrections. */
function checkKey({ lineage: { key, sequence } }: CertificateType, byPath: Map<string, Field>, found: Findings): void {
  if (key === undefined) return
  const here = ['lineage', 'key']
  const field = byPath.get(key)
  if (!field) return found.error(here, `There is no field ${key}.`)
  if (key === sequence) found.error(here, `${key} tells the certificates of one code apart already.`)
  if (field.kind !== 'identifier') found.error(here, `${key} must be of the kind identifier.`)
  if (!field.required || field.group) found.error(here, `${key} must be required: certificates are found by it.`)
  if (field.masked) found.error(here, `${key} cannot be hidden: certificates are found by it.`)
}

/** Certificates are found, headed and checked by a name. */
function checkPerson({ person }: CertificateType, byPath: Map<string, Field>, found: Findings): void {
  const kinds = { name: 'text', birthDate: 'date', age: 'age', identity: 'identifier' } as const
  for (const [part, kind] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    const path = person[part]
    if (path === undefined) continue
    const field = byPath.get(path)
    if (!field) found.error(['person', part], `There is no field ${path}.`)
    else if (field.kind !== kind) found.error(['person', part], `${path} must be of the kind ${kind}.`)
    else if (part === 'name' && (!field.required || field.group))
      found.error(['person', part], `${path} must be required: people are found and checked by it.`)
  }
}

function checkEvent({ event, lineage }: CertificateType, byPath: Map<string, Field>, found: Findings): void {
  if (event && !byPath.has(event.name)) found.error(['event', 'name'], `There is no field ${event.name}.`)
  const date = event?.date === undefined ? null : byPath.get(event.date)
  if (date === undefined) found.error(['event', 'date'], `There is no field ${event!.date}.`)
  if (date && date.kind !== 'date' && date.kind !== 'instant')
    found.error(['event', 'date'], `${date.path} must be of the kind date or instant.`)
  if (lineage.total === undefined) return
  if (lineage.sequence === undefined) found.error(['lineage', 'total'], 'Without a sequence nothing is counted.')
  if (byPath.get(lineage.total)?.kind !== 'wholeNumber')
    found.error(['lineage', 'total'], `There is no field ${lineage.total} of the kind wholeNumber.`)
}

/** Payloads have the names of those sections' fields at their top: each means one thing there. */
function checkFlat({ flat = [], sections }: CertificateType, found: Findings): void {
  const taken = new Map([...ENVELOPE, 'certificateId', ...sections.map(({ id }) => id)].map((name) => [name, name]))
  flat.forEach((id, at) => {
    const section = sections.find((one) => one.id === id)
    if (!section) return found.error(['flat', at], `There is no section ${id}.`)
    const names = new Set(section.fields.map(({ path }) => path.split('.')[1]!))
    for (const name of names) {
      const other = taken.get(name)
      if (other !== undefined)
        found.error(['flat', at], `${id}.${name} would be ${name} in a payload, which means ${other} there.`)
      taken.set(name, `${id}.${name}`)
    }
  })
}

/** What a second person is asked about has to be there: else nobody would ever be asked. */
function checkApproval({ approval, person }: CertificateType, found: Findings): void {
  if (approval?.nameAndBirthDate && person.birthDate === undefined && person.age === undefined)
    found.error(['approval', 'nameAndBirthDate'], 'person says neither a date of birth nor an age.')
}
