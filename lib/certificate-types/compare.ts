/** What differs between two versions of a type, part by part, for people; and what that asks of whoever sends records. Pure. */
import { isLeaf } from './change-credential'
import { declaredIn, fieldsIn, isJson, templateIn, TEMPLATES, type Draft, type DraftType, type Json } from './draft'

export type Part = 'type' | 'sections' | 'fields' | 'order' | 'credential' | 'verify' | 'lists' | 'csv' | 'files'

/** One difference. Nothing `from`: it was added; nothing `to`: it is gone; neither: it is only said to be other. */
export interface Difference {
  part: Part
  kind: 'added' | 'removed' | 'changed'
  /** What it is about, as people call it: a label, the name of a list, a file. */
  subject: string
  /** What of it: the name of a member, or of a template. */
  property?: string
  from?: string
  to?: string
}

/** Members that other parts tell of, or that differ in every version. */
const ELSEWHERE = ['name', 'version', 'sections', 'codeLists', 'forms', 'credential2', 'verify', 'csv']

/** All differences, in the order of the parts. A draft that has not the shape of a type differs by its files alone. */
export function differences(before: Draft, after: Draft): Difference[] {
  const [old, now] = [declaredIn(before), declaredIn(after)]
  const declared = old && now ? ofTypes(old, now) : []
  return [...declared, ...ofFiles(before.files, after.files)]
}

/** Whether nothing but the number of the version differs: not even what differences has no words for. */
export function isSame(before: Draft, after: Draft): boolean {
  return canonical(before) === canonical(after)
}

function canonical(draft: Draft): string {
  const files = Object.entries(draft.files).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([{ ...declaredIn(draft), version: 0 }, files])
}

/** Labels of the fields that have to be given from then on and had not to before. */
export function newlyRequired(before: Draft, after: Draft): string[] {
  const [old, now] = [declaredIn(before), declaredIn(after)]
  if (!old || !now) return []
  const was = new Set(fieldsIn(old).flatMap(({ path, required }) => (required === true ? [path] : [])))
  return fieldsIn(now).flatMap(({ path, required, label }) => (required === true && !was.has(path) ? [label] : []))
}

function ofTypes(old: DraftType, now: DraftType): Difference[] {
  return [
    ...ofMembers('type', '', old, now, ELSEWHERE),
    ...ofSections(old, now),
    ...ofFields(old, now),
    ...ofOrder(old, now),
    ...ofTemplates(old, now),
    ...ofVerify(old, now),
    ...ofLists(old, now),
    ...ofColumns(old, now),
  ]
}

function ofSections(old: DraftType, now: DraftType): Difference[] {
  return pairs(old.sections, now.sections, ({ id }) => id).flatMap(([one, other]) => {
    if (!one || !other) return [oneSided('sections', (one ?? other)!.title, !one)]
    return ofMembers('sections', other.title, one, other, ['id', 'fields'])
  })
}

function ofFields(old: DraftType, now: DraftType): Difference[] {
  return pairs(fieldsIn(old), fieldsIn(now), ({ path }) => path).flatMap(([one, other]) => {
    if (one && other) return ofMembers('fields', other.label, one, other, ['path'])
    const { label, kind, required, masked, printed } = (one ?? other)!
    const said = [kind, required === true && 'required', masked === true && 'masked', printed === true && 'printed']
    return [{ ...oneSided('fields', label, !one), [one ? 'from' : 'to']: said.filter(Boolean).join(', ') }]
  })
}

/** Sections whose fields stand in another order: those that both have, compared. */
function ofOrder(old: DraftType, now: DraftType): Difference[] {
  const both = (a: DraftType, b: DraftType) => {
    const there = new Set(fieldsIn(b).map(({ path }) => path))
    return fieldsIn(a).flatMap(({ path, label }) => (there.has(path) ? [{ path, label }] : []))
  }
  const [one, other] = [both(old, now), both(now, old)]
  if (one.every(({ path }, at) => path === other[at]?.path)) return []
  const said = (list: { label: string }[]) => list.map(({ label }) => label).join(', ')
  const from = one.findIndex(({ path }, at) => path !== other[at]?.path)
  const end = one.findLastIndex(({ path }, at) => path !== other[at]?.path) + 1
  return [
    { part: 'order', kind: 'changed', subject: '', from: said(one.slice(from, end)), to: said(other.slice(from, end)) },
  ]
}

function ofTemplates(old: DraftType, now: DraftType): Difference[] {
  return TEMPLATES.flatMap((template) => {
    const [one, other] = [leaves(templateIn(old, template)), leaves(templateIn(now, template))]
    return pairs([...one], [...other], ([place]) => place).flatMap(([a, b]): Difference[] => {
      const [subject] = (a ?? b)!
      return difference('credential', subject, template, a?.[1], b?.[1])
    })
  })
}

function ofVerify(old: DraftType, now: DraftType): Difference[] {
  const entries = ({ verify }: DraftType) => (Array.isArray(verify) ? verify.filter(isJson) : [])
  return pairs(entries(old), entries(now), ({ at }) => String(at)).flatMap(([one, other]) =>
    one && other
      ? ofMembers('verify', String(other.label), one, other, ['at'])
      : [oneSided('verify', String((one ?? other)!.label), !one)],
  )
}

function ofLists(old: DraftType, now: DraftType): Difference[] {
  return [...new Set([...Object.keys(old.codeLists), ...Object.keys(now.codeLists)])].flatMap((list) => {
    const [one, other] = [old.codeLists[list], now.codeLists[list]]
    if (!one || !other) return [oneSided('lists', list, !one)]
    return pairs(one, other, nameOfRow).flatMap(([a, b]) =>
      difference('lists', list, undefined, a && said(a), b && said(b)),
    )
  })
}

function ofColumns(old: DraftType, now: DraftType): Difference[] {
  const columns = ({ csv }: DraftType) => (Array.isArray(csv) ? csv.filter(isJson) : [])
  return pairs(columns(old), columns(now), ({ column }) => String(column)).flatMap(([one, other]) => {
    const { column } = (one ?? other)!
    return difference('csv', String(column), undefined, one && String(one.path), other && String(other.path))
  })
}

function ofFiles(old: Draft['files'], now: Draft['files']): Difference[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((name): Difference[] => {
    if (old[name] === now[name]) return []
    if (old[name] === undefined || now[name] === undefined) return [oneSided('files', name, old[name] === undefined)]
    return [{ part: 'files', kind: 'changed', subject: name }]
  })
}

function ofMembers(part: Part, subject: string, old: Json, now: Json, except: string[]): Difference[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !except.includes(name))
  return names.flatMap((name) =>
    difference(
      part,
      subject,
      name,
      old[name] === undefined ? undefined : said(old[name]),
      now[name] === undefined ? undefined : said(now[name]),
    ),
  )
}

function difference(
  part: Part,
  subject: string,
  property: string | undefined,
  from?: string,
  to?: string,
): Difference[] {
  if (from === to) return []
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'
  return [
    {
      part,
      kind,
      subject,
      ...(property && { property }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  ]
}

function oneSided(part: Part, subject: string, added: boolean): Difference {
  return { part, kind: added ? 'added' : 'removed', subject }
}

/** A value as people read it: texts as they are, objects member by member. */
function said(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(said).join(', ')
  if (!isJson(value)) return String(value)
  return Object.entries(value)
    .map(([name, one]) => `${inWords(name)}: ${said(one)}`)
    .join(', ')
}

/** "nameAndBirthDate" as "name and birth date". */
function inWords(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function nameOfRow({ match, label, code }: Json): string {
  return String(match ?? label ?? code ?? '')
}

/** Both sides of everything that has this name in one of two lists; first what was, then what came. */
function pairs<T>(old: T[], now: T[], nameOf: (item: T) => string): [T | undefined, T | undefined][] {
  const later = new Map(now.map((item) => [nameOf(item), item]))
  const earlier = new Set(old.map(nameOf))
  return [
    ...old.map((item): [T, T | undefined] => [item, later.get(nameOf(item))]),
    ...now.filter((item) => !earlier.has(nameOf(item))).map((item): [undefined, T] => [undefined, item]),
  ]
}

/** Place -> what stands there. */
function leaves(node: unknown, place: string[] = []): Map<string, string> {
  if (Array.isArray(node) && node.some(isJson)) return leaves(node.find(isJson), place)
  if (isJson(node) && !isLeaf(node)) {
    return new Map(Object.entries(node).flatMap(([key, child]) => [...leaves(child, [...place, key])]))
  }
  return node === null ? new Map() : new Map([[place.join('.'), isLeaf(node) ? sourceOf(node) : said(node)]])
}

/** "recipient.name", or the function with what it takes. */
function sourceOf({ derive, ...takes }: Json): string {
  const values = Object.values(takes).map(String).join(', ')
  return derive === undefined ? values : `${String(derive)}(${values})`
}
