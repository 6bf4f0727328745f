/** The words of a schema's contexts beside those that credentials were signed with so far, which keep their meaning. Pure. */
import { isObject } from './schema-fields'

type Json = Record<string, unknown>

/** One context document. A word that is known stays as it is, and is named where the new document says something else. */
export function wordsWith(contexts: readonly Json[], known: Json): { words: Json; notes: string[] } {
  const notes: string[] = []
  const ours = isObject(known['@context']) ? known['@context'] : {}
  const given = contexts.reduce<Json>((all, one) => ({ ...all, ...(one['@context'] as Json) }), {})
  const words: Json = {}
  // Short names of addresses, without which a known word would mean something else.
  for (const [word, meaning] of Object.entries(ours)) if (typeof meaning !== 'object') words[word] = meaning
  for (const [word, meaning] of Object.entries(given))
    words[word] = Object.hasOwn(ours, word) ? together(ours[word], meaning, word, notes) : meaning
  return { words: { '@context': words }, notes }
}

/** Both, member by member; where both say something the first counts. */
function together(first: unknown, other: unknown, place: string, notes: string[]): unknown {
  if (!isObject(first) || !isObject(other)) {
    if (JSON.stringify(first) !== JSON.stringify(other))
      notes.push(`${place} keeps the meaning that it has here: ${JSON.stringify(first).slice(0, 120)}.`)
    return first
  }
  const all: Json = { ...first }
  for (const [key, value] of Object.entries(other))
    all[key] = Object.hasOwn(first, key) ? together(first[key], value, `${place}/${key}`, notes) : value
  return all
}
