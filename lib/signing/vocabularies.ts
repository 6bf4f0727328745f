/** The words of this installation's own credentials as they are now: added to when a certificate type is published. Runs in browsers too. */

export interface Vocabulary {
  /** The context document; "{namespace}" in it is the address. */
  words: object
  /** Templates of the credentials that use it, the newest first: their canonical forms are compiled. */
  shapes: object[]
}

/** Address -> vocabulary. Bundlers make several copies of a module, and a process has one registry. */
const place = globalThis as typeof globalThis & { errataVocabularies?: Map<string, Vocabulary> }
const vocabularies = (place.errataVocabularies ??= new Map())

/** Says what the words below an address mean. What was signed with earlier ones keeps its meaning: words are only added. */
export function setVocabulary(address: string, vocabulary: Vocabulary): void {
  vocabularies.set(address, vocabulary)
}

/** What was said of an address, undefined where nothing was: then what is shipped counts. */
export function vocabularyAt(address: unknown): Vocabulary | undefined {
  return vocabularies.get(address as string)
}
