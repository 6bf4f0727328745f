/** The certificate types in force in this process, and every version that certificates were issued under. */
import { log, traceOf } from '@/lib/log'
import { Refusal } from '@/lib/errors'
import type { Config } from '@/lib/config'
import type { Database } from '@/lib/db'
import { listenForNudges } from '@/lib/queue/nudge'
import { contextFile, openDocument, wrongIn, type TypeVersion } from './document'
import { VACCINATION_TYPE } from './names'
import { plantSeeds } from './plant'
import { headings, documentOf, type Heading } from './store'
import { announceWords } from './words-of'
import { VACCINATION } from './declaration'
import { fieldsOf, type CertificateType } from './type'

/** What needs to be known to find the types: every use case's context has it. */
export interface TypesContext {
  db: Database
  settings: Config
  now: () => Date
}

/** A word from the database is waited for; besides, the database is asked so often, and nobody waits for that. */
const LOOK_EVERY_MS = 1000

/** The version in force. Refusal NOT_FOUND for a type that is not there. */
export async function publishedType(context: TypesContext, name = VACCINATION_TYPE): Promise<CertificateType> {
  return (await publishedVersion(context, name)).type
}

/**
 * The version in force as this process saw it last, for what cannot wait: every request of somebody who signed in looks
 * before. Before any look (use cases that are called otherwise) the type as it is shipped.
 */
export function typeInForce({ db }: Pick<TypesContext, 'db'>, name = VACCINATION_TYPE): CertificateType {
  const found = kept().get(db)?.types?.published.get(name)?.type
  if (!found && name !== VACCINATION_TYPE) throw new Error(`The certificate type ${name} was not looked up before.`)
  return found ?? VACCINATION
}

/** Names of the types in force as this process saw them last. */
export function typeNames({ db }: Pick<TypesContext, 'db'>): string[] {
  return [...(kept().get(db)?.types?.published.keys() ?? [VACCINATION_TYPE])]
}

/**
 * The version in force with the masked fields of all other versions too: what was hidden once is hidden in every record,
 * whatever came into force since.
 */
export function typeOfAllTimes({ db }: Pick<TypesContext, 'db'>, name = VACCINATION_TYPE): CertificateType {
  const inForce = typeInForce({ db }, name)
  const types = kept().get(db)?.types
  if (!types) return inForce
  const known = allTimes.get(types)?.get(name)
  if (known) return known
  const present = new Set(fieldsOf(inForce).flatMap(({ path, masked }) => (masked ? [path] : [])))
  const others = [...types.versions.values()].filter(({ type }) => type.name === name && type !== inForce)
  const hidden = others
    .flatMap(({ type }) => fieldsOf(type))
    .filter(({ path, masked }) => masked && !present.has(path) && present.add(path))
  const earlier = { id: 'earlier', title: 'Earlier', required: false, fields: hidden }
  const made = hidden.length === 0 ? inForce : { ...inForce, sections: [...inForce.sections, earlier] }
  allTimes.set(types, (allTimes.get(types) ?? new Map<string, CertificateType>()).set(name, made))
  return made
}

const allTimes = new WeakMap<Types, Map<string, CertificateType>>()

/** The version in force with its files. Refusals: NOT_FOUND, REGISTRY_UNAVAILABLE as `typeVersion`. */
export async function publishedVersion(context: TypesContext, name = VACCINATION_TYPE): Promise<TypeVersion> {
  const { published, unreadable } = await presentTypes(context)
  const found = published.get(name)
  if (found) return found
  const left = [...unreadable.values()].find((row) => row.name === name && row.state === 'published')
  if (left) throw cannotBeRead(name, left.version)
  throw new Refusal('NOT_FOUND', 'There is no such certificate type.')
}

/** The version in force of the type that an address names, by its name or another one of it. Refusal SCHEMA_NOT_FOUND. */
export async function typeNamed(context: TypesContext, nameOrAlias: string): Promise<TypeVersion> {
  const { published } = await presentTypes(context)
  const found =
    published.get(nameOrAlias) ?? [...published.values()].find(({ type }) => type.aliases.includes(nameOrAlias))
  if (!found) throw new Refusal('SCHEMA_NOT_FOUND', 'There is no certificate type of this name.')
  return found
}

/** All types in force, by name. */
export async function publishedTypes(context: TypesContext): Promise<TypeVersion[]> {
  return [...(await presentTypes(context)).published.values()]
}

/**
 * The version that a certificate was issued under; drafts are none. Throws an Error for a type that is not there. Refusal
 * REGISTRY_UNAVAILABLE for a version that this release of the product cannot read.
 */
export async function typeVersion(context: TypesContext, name: string, version: number): Promise<TypeVersion> {
  // Published and used by another process before anybody told this one.
  const id = idOf(name, version)
  const known = await presentTypes(context)
  if (!known.versions.has(id) && !known.unreadable.has(id)) typesChanged(context)
  const { versions, unreadable } = await presentTypes(context)
  if (unreadable.has(id)) throw cannotBeRead(name, version)
  const ofName = [...versions.values()].filter(({ type }) => type.name === name)
  // Versions of the time before they were kept here are what was kept first.
  const found = versions.get(id) ?? ofName.find(({ type }) => type.version >= version) ?? ofName.at(-1)
  if (!found) throw new Error(`There is no certificate type ${name}.`)
  return found
}

/** All versions of all types that certificates were or are issued under. */
export async function issuedVersions(context: TypesContext): Promise<TypeVersion[]> {
  return [...(await presentTypes(context)).versions.values()]
}

/** Looks again at the next question: for whoever just published. */
export function typesChanged({ db }: Pick<TypesContext, 'db'>): void {
  const state = kept().get(db)
  if (state) state.told += 1
}

/** Takes up what other processes publish the moment they do. Never keeps the process alive. */
export function followTypes(context: TypesContext): void {
  const place = globalThis as typeof globalThis & { errataTypesFollowed?: WeakSet<Database> }
  const followed = (place.errataTypesFollowed ??= new WeakSet())
  if (followed.has(context.db)) return
  followed.add(context.db)
  void listenForNudges(context.settings.database.url, () => typesChanged(context), {
    channel: 'errata_types',
    idle: true,
  })
}

interface Types {
  /** name/version -> version. */
  versions: Map<string, TypeVersion>
  /** name -> version in force. */
  published: Map<string, TypeVersion>
  /** name/version of those that are there and that this release cannot read. They take nothing else along. */
  unreadable: Map<string, Heading>
}

interface Kept {
  types: Types | null
  lookedAt: number
  /** How often somebody said that something changed, and what of that the last look knew of. */
  told: number
  seen: number
  looking: Promise<Types> | null
  complaint: string
}

/** Bundlers make several copies of a module, and a process has one registry. */
function kept(): WeakMap<Database, Kept> {
  const place = globalThis as typeof globalThis & { errataTypes?: WeakMap<Database, Kept> }
  return (place.errataTypes ??= new WeakMap())
}

async function presentTypes(context: TypesContext): Promise<Types> {
  const state = keptOf(context.db)
  while (!state.types || state.seen < state.told) await look(context, state)
  // The look of every second is nobody's to wait for.
  if (performance.now() - state.lookedAt >= LOOK_EVERY_MS) void look(context, state)
  return state.types
}

function keptOf(db: Database): Kept {
  const state = kept().get(db) ?? {
    types: null,
    lookedAt: -Infinity,
    told: 0,
    seen: -1,
    looking: null,
    complaint: '',
  }
  kept().set(db, state)
  return state
}

function look(context: TypesContext, state: Kept): Promise<unknown> {
  return (state.looking ??= lookAgain(context, state).finally(() => (state.looking = null)))
}

/** What the database says now. When it cannot be asked the present types stay; without any the error is the caller's. */
async function lookAgain(context: TypesContext, state: Kept): Promise<Types> {
  state.lookedAt = performance.now()
  state.seen = state.told
  try {
    const before = state.types
    if (!before) await plantSeeds(context)
    const rows = (await headings(context.db)).filter((row) => row.state !== 'draft')
    state.complaint = ''
    if (before && isSame(before, rows)) return before
    const types = await read(context, rows, before)
    announceWords(context, [...types.versions.values()])
    state.types = types
    return types
  } catch (error) {
    if (!state.types) throw error
    const { name, code } = traceOf(error)
    // Once and not every second.
    if (state.complaint !== `${name} ${code}`) log().error(traceOf(error), 'the types cannot be read: the present stay')
    state.complaint = `${name} ${code}`
    return state.types
  }
}

function isSame({ versions, published, unreadable }: Types, rows: Heading[]): boolean {
  return (
    rows.length === versions.size + unreadable.size &&
    rows.every(({ name, version, state }) => {
      const left = unreadable.get(idOf(name, version))
      if (left) return left.state === state
      const known = versions.get(idOf(name, version))
      return known && (state === 'published') === (published.get(name) === known)
    })
  )
}

/** Reads what is not known yet: a version that was published once never changes. */
async function read({ db }: TypesContext, rows: Heading[], before: Types | null): Promise<Types> {
  const types: Types = { versions: new Map(), published: new Map(), unreadable: new Map() }
  for (const row of rows) {
    const { name, version, state } = row
    const id = idOf(name, version)
    const found = before?.versions.get(id) ?? (before?.unreadable.has(id) ? null : await readOne(db, name, version))
    if (!found) {
      types.unreadable.set(id, row)
      continue
    }
    types.versions.set(id, found)
    if (state === 'published') types.published.set(name, found)
  }
  return types
}

/** Null, and a line in the log, for a document that this release cannot read: written by a later one, or by hand. */
async function readOne(db: Database, name: string, version: number): Promise<TypeVersion | null> {
  const document = await documentOf(db, name, version)
  if (!document) throw new Error(`Version ${version} of the certificate type ${name} is gone.`)
  try {
    const opened = openDocument(document, document.state)
    // Words that are no JSON would take all other types along.
    for (const file of contextsOf(opened.type)) contextFile(opened.files, file)
    return opened
  } catch (error) {
    const wrong = wrongIn(error)
    log().error({ type: name, version, wrong }, 'this version of a certificate type cannot be read: it is left out')
    return null
  }
}

function contextsOf({ forms, vocabulary }: CertificateType): string[] {
  return [forms.certifyV3, forms.certifyV2, vocabulary].flatMap((one) => (one ? [one.context] : []))
}

function cannotBeRead(name: string, version: number): Refusal {
  const sentence = `Version ${version} of the certificate type ${name} cannot be read by this release of the product. Ask your administrator.`
  return new Refusal('REGISTRY_UNAVAILABLE', sentence)
}

function idOf(name: string, version: number): string {
  return `${name}/${version}`
}
