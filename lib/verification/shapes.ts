/** The compiled shapes of the certificates that are issued, as a file: nothing is compiled and no JSON-LD library is needed. */
import type { Program, Shape } from '@/lib/signing/canonical'
import { formOfNamespace, type Namespaces } from '@/lib/signing/names'
import stored from './shapes.json'

/** A program as JSON. A namespace stands as "{namespace}" in it. */
interface StoredProgram {
  root: Shape
  /** Name of a list in `words`. */
  words: string
}

const { programs, words } = stored as unknown as {
  programs: Record<string, StoredProgram>
  words: Record<string, string[]>
}

const opened = new Map<string, Program>()

/**
 * The program of a credential by the namespace of its vocabulary. Null for one that is not pinned, and for one that ends
 * like a prefix: JSON-LD then reads the words of the vocabulary in another way than those that were compiled.
 */
export function credentialProgram(namespace: unknown, own: Namespaces): Program | null {
  const form = formOfNamespace(namespace, own)
  return form === null || /[:/?#[\]@]$/.test(String(namespace)) ? null : open(form, String(namespace))
}

/** The program of the proof options. */
export function proofProgram(type: 'RSA' | 'ED25519'): Program {
  return open(type, '')
}

function open(name: string, namespace: string): Program {
  const known = opened.get(`${name} ${namespace}`)
  if (known) return known
  const program = programs[name]!
  const named = (_key: string, value: unknown) => (value === '{namespace}' ? namespace : value)
  const root = JSON.parse(JSON.stringify(program.root), named) as Shape
  const fresh = { root, words: new Set(words[program.words]) }
  opened.set(`${name} ${namespace}`, fresh)
  return fresh
}
