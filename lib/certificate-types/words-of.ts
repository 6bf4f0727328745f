/** Tells the signing code what the words of the types' credentials mean, and what shapes the credentials have. */
import type { Config } from '@/lib/config'
import { setVocabulary } from '@/lib/signing/vocabularies'
import { contextFile, type TypeVersion } from './document'
import type { Form } from './type'
import { addVocabulary } from './vocabulary'

/** More are signed and checked the general way: old versions of old versions. */
const MOST_SHAPES = 6

/** Makes the words and shapes of all published and retired versions known in this process. */
export function announceWords({ settings }: { settings: Config }, versions: TypeVersion[]): void {
  const newestFirst = [...versions].sort((a, b) => b.type.version - a.type.version)
  for (const name of new Set(newestFirst.map(({ type }) => type.name))) {
    const ofName = newestFirst.filter(({ type }) => type.name === name)
    for (const form of ['certifyV3', 'certifyV2'] as const) announceForm(form, ofName, settings)
    for (const { type, files } of ofName) addVocabulary(type, contextFile(files, type.vocabulary.context))
  }
}

/** A word means the same in every version (the check before publishing says so): all of them together are the vocabulary. */
function announceForm(form: Form, newestFirst: TypeVersion[], { credential }: Config): void {
  const address = form === 'certifyV3' ? credential.namespace : credential.namespaceV1
  // One address for both: the later form's words are a superset.
  if (form === 'certifyV2' && address === credential.namespace) return
  setVocabulary(address, {
    words: newestFirst
      .map(({ type, files }) => contextFile(files, type.forms[form].context))
      .reduce((all, earlier) => together(all, earlier) as object),
    shapes: newestFirst.slice(0, MOST_SHAPES).map(({ type }) => type.forms[form].credential as object),
  })
}

/** Both, member by member; where both say something the first counts. */
function together(first: unknown, other: unknown): unknown {
  if (!isObject(first) || !isObject(other)) return first
  const all: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(other))
    all[key] = Object.hasOwn(first, key) ? together(first[key], value) : value
  return all
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
