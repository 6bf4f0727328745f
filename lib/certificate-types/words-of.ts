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

/** Words are only ever added, so the newest version knows those of all before it. */
function announceForm(form: Form, newestFirst: TypeVersion[], { credential }: Config): void {
  const [newest] = newestFirst
  const address = form === 'certifyV3' ? credential.namespace : credential.namespaceV1
  // One address for both: the later form's words are a superset.
  if (form === 'certifyV2' && address === credential.namespace) return
  setVocabulary(address, {
    words: contextFile(newest!.files, newest!.type.forms[form].context),
    shapes: newestFirst.slice(0, MOST_SHAPES).map(({ type }) => type.forms[form].credential as object),
  })
}
