/** A piece of a sentence, whatever its script: it keeps its own direction and does not turn the words around it. */
export function apart(text: string): string {
  // First strong isolate … pop directional isolate.
  return `\u2068${text}\u2069`
}
