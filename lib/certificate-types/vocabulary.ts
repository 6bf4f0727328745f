/** The vocabularies of certificates in VC Data Model 2.0: one word, one meaning. Served under /contexts and pinned for signing. */
import shipped from './VaccinationCertificate/context-2-v1.json'
import type { CertificateType } from './type'

interface Named {
  name: string
  vocabulary?: { version: number } | undefined
}

interface Known {
  words: object
  /** The newest version that uses it. */
  type?: CertificateType
}

/** Where the vocabulary of vaccination certificates began. */
export const VOCABULARY_PATH = '/contexts/vaccination-certificate/v1'

/** Path -> words. Versions stay for ever: what was signed with one keeps its meaning. A process has one registry. */
const place = globalThis as typeof globalThis & { errataWords2?: Map<string, Known> }
const vocabularies = (place.errataWords2 ??= new Map<string, Known>([[VOCABULARY_PATH, { words: shipped }]]))

/** Makes the words of a type known in this process. Those of one version are never replaced. */
export function addVocabulary(type: CertificateType, words: object): void {
  const path = vocabularyPath(type)
  const known = vocabularies.get(path) ?? { words }
  const newest = known.type && known.type.version > type.version ? known.type : type
  vocabularies.set(path, { ...known, type: newest })
}

/** The newest type whose certificates name this address. */
export function typeOfVocabulary(publicUrl: string, address: string): CertificateType | undefined {
  const root = publicUrl.replace(/\/+$/, '')
  return address.startsWith(root) ? vocabularies.get(address.slice(root.length))?.type : undefined
}

/** "/contexts/vaccination-certificate/v1". Throws an Error for a type without words of its own. */
export function vocabularyPath({ name, vocabulary }: Named): string {
  if (!vocabulary) throw new Error(`The certificate type ${name} has no vocabulary.`)
  return `${folderOf(name)}/v${vocabulary.version}`
}

/** The address that certificates of a type name as their context; without a type those of the first vaccination certificates. */
export function vocabularyUrl(publicUrl: string, type?: Named): string {
  return publicUrl.replace(/\/+$/, '') + (type ? vocabularyPath(type) : VOCABULARY_PATH)
}

/** Whether an address names words of this installation. */
export function isVocabulary(publicUrl: string, address: unknown): address is string {
  const root = publicUrl.replace(/\/+$/, '')
  return typeof address === 'string' && address.startsWith(root) && vocabularies.has(address.slice(root.length))
}

/** The context document at a path of this installation, undefined where there is none. */
export function vocabularyDocument(publicUrl: string, path = VOCABULARY_PATH): object | undefined {
  const words = vocabularies.get(path)?.words
  if (!words) return undefined
  // Words keep their names in later versions: they stay below the address of the first.
  const below = publicUrl.replace(/\/+$/, '') + path.replace(/\/v\d+$/, '/v1')
  return JSON.parse(JSON.stringify(words), (_key, value) =>
    typeof value === 'string' ? value.replace('{vocabulary}', below) : value,
  )
}

/** All of them as they are now: address -> document. */
export function vocabularyDocuments(publicUrl: string): Map<string, object> {
  const address = (path: string) => publicUrl.replace(/\/+$/, '') + path
  return new Map([...vocabularies.keys()].map((path) => [address(path), vocabularyDocument(publicUrl, path)!]))
}

/** "VaccinationCertificate" -> "/contexts/vaccination-certificate" */
function folderOf(name: string): string {
  return `/contexts/${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`
}
