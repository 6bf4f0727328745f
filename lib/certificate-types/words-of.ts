/** Tells the signing code what the words of the types' credentials mean, and what shapes the credentials have. */
import type { Config } from '@/lib/config'
import { setVocabulary } from '@/lib/signing/vocabularies'
import { contextFile, type TypeVersion } from './document'
import { VACCINATION_TYPE } from './names'
import type { CertificateType, Form } from './type'
import { addVocabulary } from './vocabulary'

/** Of one type; older versions are signed and checked the general way. */
const MOST_SHAPES = 6

/** Makes the words and shapes of all published and retired versions known in this process. */
export function announceWords({ settings }: { settings: Config }, versions: TypeVersion[]): void {
  const ordered = inOrder(versions)
  for (const form of ['certifyV3', 'certifyV2'] as const) announceForm(form, ordered, settings)
  for (const { type, files } of ordered)
    if (type.vocabulary) addVocabulary(type, contextFile(files, type.vocabulary.context))
}

/**
 * All types share the vocabulary of the settings, and a word means the same in every version of every type (the check
 * before publishing says so): all of them together are the vocabulary.
 */
function announceForm(form: Form, ordered: TypeVersion[], { credential }: Config): void {
  const address = form === 'certifyV3' ? credential.namespace : credential.namespaceV1
  // One address for both: the later form's words are a superset.
  if (form === 'certifyV2' && address === credential.namespace) return
  const words = sharedWords(form, ordered)
  if (!words) return
  const known = ordered.filter(({ type }) => ordered.filter(isNewer(type)).length < MOST_SHAPES)
  const shapes = known.flatMap(({ type }) => (type.forms[form] ? [type.forms[form].credential as object] : []))
  setVocabulary(address, { words, shapes })
}

/** The words of these versions together, those of vaccination certificates and of newer versions first; null without any. */
export function sharedWords(form: Form, versions: readonly TypeVersion[]): object | null {
  const documents = inOrder(versions).flatMap(({ type, files }) => {
    const one = type.forms[form]
    return one ? [contextFile(files, one.context)] : []
  })
  return documents.length === 0 ? null : documents.reduce((all, other) => together(all, other) as object)
}

/** Vaccination first: where somebody checks, most of what is shown is of that type. */
function inOrder(versions: readonly TypeVersion[]): TypeVersion[] {
  const rank = ({ type }: TypeVersion) => (type.name === VACCINATION_TYPE ? 0 : 1)
  return [...versions].sort((a, b) => rank(a) - rank(b) || b.type.version - a.type.version)
}

/** Newer versions of the same type. */
function isNewer(than: CertificateType): (other: TypeVersion) => boolean {
  return ({ type }) => type.name === than.name && type.version > than.version
}

/** Both, member by member; where both say something the first counts. */
export function together(first: unknown, other: unknown): unknown {
  if (!isObject(first) || !isObject(other)) return first
  const all: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(other))
    all[key] = Object.hasOwn(first, key) ? together(first[key], value) : value
  return all
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
