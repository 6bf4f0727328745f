/** Words of JSON-LD itself that a context may have: others would speak of every value of every certificate. Pure. */
import { isDeepStrictEqual } from 'node:util'

/** What a word means, how it is written, and where it holds. */
const ALLOWED = ['@version', '@protected', '@id', '@type', '@container', '@context']

/**
 * The first member ("@language", "@base", "@vocab" ...) at any depth that contexts here do not have. All types share one
 * vocabulary, so that it would change what the certificates of all others say. `known` = what the vocabulary says so far.
 */
export function foreignKeyword(words: unknown, known: unknown): string | null {
  // Without recursion: deep nesting must not overflow the stack.
  const open = [{ node: words, before: known }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, before } = next
    if (typeof node !== 'object' || node === null) continue
    for (const [key, value] of Object.entries(node)) {
      const was = memberOf(before, key)
      if (key.startsWith('@') && !ALLOWED.includes(key) && !(was && isDeepStrictEqual(was.value, value))) return key
      open.push({ node: value, before: was?.value })
    }
  }
  return null
}

/** What is said of such a member. */
export function keywordSentence(keyword: string): string {
  return `${keyword} would speak of every value of all certificates. A context has ${ALLOWED.slice(0, -1).join(', ')} and @context alone besides its words.`
}

function memberOf(node: unknown, key: string): { value: unknown } | null {
  const has = typeof node === 'object' && node !== null && Object.hasOwn(node, key)
  return has ? { value: (node as Record<string, unknown>)[key] } : null
}
