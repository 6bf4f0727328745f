/** What must not stand in a value that is signed, and the walk that finds it. */
import { Refusal } from '@/lib/errors'

/**
 * The verifiers in the field write these characters as they are where today's canonical form escapes them, so a signature
 * over them verifies here and fails there (tried with tab, backspace, form feed and delete; line breaks are the same).
 * A lone surrogate has no UTF-8 form at all.
 */
const NOT_SIGNABLE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u

/** Refuses (UNSUPPORTED_CHARACTER) control characters and lone surrogates in any value of a document. */
export function refuseUnsignable(document: object): void {
  if (!someValue(document, (value) => typeof value === 'string' && NOT_SIGNABLE.test(value))) return
  throw new Refusal(
    'UNSUPPORTED_CHARACTER',
    'A value holds a control character, which existing verifiers cannot check.',
  )
}

/** Whether any value in a tree of values is like that. Walks without recursion: deep nesting must not overflow the stack. */
export function someValue(root: unknown, isLikeThat: (value: unknown) => boolean): boolean {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (isLikeThat(value)) return true
    if (typeof value !== 'object' || value === null) continue
    for (const child of Object.values(value)) open.push(child)
  }
  return false
}
