/** The vocabulary of certificates in VC Data Model 2.0: one word, one meaning. Served under /contexts and pinned for signing. */
import words from './VaccinationCertificate/context-2-v1.json'

/** A later version stands beside it: what was signed with this one keeps its meaning for ever. */
export const VOCABULARY_PATH = '/contexts/vaccination-certificate/v1'

/** The address that certificates name as their context. */
export function vocabularyUrl(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, '') + VOCABULARY_PATH
}

/** The context document served there; its own words are below the same address. */
export function vocabularyDocument(publicUrl: string): object {
  const url = vocabularyUrl(publicUrl)
  return JSON.parse(JSON.stringify(words), (_key, value) =>
    typeof value === 'string' ? value.replace('{vocabulary}', url) : value,
  )
}
