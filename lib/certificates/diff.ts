/** What differs between two versions: field by field for the record, character by character for a value. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Change } from './answers'
import { valueAt } from './record'

/** A piece of a value; `changed` = removed (in the old value) or added (in the new one). */
export interface Segment {
  text: string
  changed: boolean
}

export interface MarkedChange {
  before: Segment[]
  after: Segment[]
  /** The same in words, for people who do not see the marks: "one letter replaced: v by w". Empty when nothing differs. */
  words: string
}

export type RunKind = 'space' | 'spaces' | 'digit' | 'digits' | 'letter' | 'letters' | 'sign' | 'signs' | 'text'
export type LookalikeScript = (typeof SCRIPTS)[number]

/** How a language says what changed. Texts of spaces alone arrive as "". */
export interface ChangeWording {
  /** Between two changes. */
  between: string
  added: string
  removed: string
  looksTheSame: string
  replacedAsAWhole: string
  /** More than three places. */
  places: (n: number) => string
  runRemoved: (kind: RunKind, text: string) => string
  runAdded: (kind: RunKind, text: string) => string
  replaced: (was: string, is: string) => string
  /** One character by another of the same kind. */
  oneReplaced: (kind: RunKind, was: string, is: string) => string
  /** A letter by a digit, say. */
  kindReplaced: (wasKind: RunKind, was: string, isKind: RunKind, is: string) => string
  madeCapital: (was: string, is: string) => string
  madeSmall: (was: string, is: string) => string
  scriptReplaced: (wasScript: LookalikeScript, was: string, isScript: LookalikeScript, is: string) => string
}

/** Below this share of common characters two words are shown as replaced as a whole: scattered marks explain nothing. */
const ALIKE = 0.5
/** Longer values are compared as a whole: the comparison takes time and memory of length × length. */
const LONGEST = 600

/**
 * The fields of the type in which two records differ, in the order of the form. Values are the ones of the record as
 * text: instants and days as stored, lists joined with ", ". An absent value is null.
 */
export function changesBetween(before: unknown, after: unknown, type: CertificateType): Change[] {
  return type.sections.flatMap((section) =>
    section.fields.flatMap((field) => {
      const was = asText(valueAt(before, field.path))
      const is = asText(valueAt(after, field.path))
      return was === is ? [] : [{ path: field.path, label: field.label, before: was, after: is }]
    }),
  )
}

/** Marks what was removed from `before` and what was added in `after`, in whole visible characters of any script. */
export function markChanges(before: string, after: string, say: ChangeWording = ENGLISH): MarkedChange {
  const edits = editsBetween(before, after)
  return {
    before: segments(edits, 'removed'),
    after: segments(edits, 'added'),
    words: inWords(before, after, edits, say),
  }
}

/** How much two names have in common, 0 to 1: same letters in the same order, whatever the case, spaces and order of words. */
export function similarity(one: string, other: string): number {
  const plain = (text: string) => text.normalize('NFC').toLocaleLowerCase('en')
  const sorted = (text: string) => plain(text).split(/\s+/u).sort().join('')
  const share = (a: string, b: string) =>
    shared(characters(a.replaceAll(/\s/gu, '')), characters(b.replaceAll(/\s/gu, '')))
  return Math.max(share(plain(one), plain(other)), share(sorted(one), sorted(other)))
}

/** One step from the old value to the new one: `kept` text, or `removed` text with `added` text in its place. */
type Edit = { kept: string } | { removed: string; added: string }

/** Made when it is first needed: that takes a slow computer 100 ms. */
let graphemes: Intl.Segmenter | undefined

/** As people count them: letters with their marks are one. */
function characters(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return text.split('')
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), (part) => part.segment)
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(String).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Words first, then the characters of words that are alike: so a misspelling is marked in its letter, a new name as a whole. */
function editsBetween(before: string, after: string): Edit[] {
  const words = (text: string) => text.match(/\s|[^\s]+/gu) ?? []
  const edits = steps(words(before), words(after)).flatMap((edit): Edit[] => {
    if ('kept' in edit) return [edit]
    const [old, fresh] = [characters(edit.removed), characters(edit.added)]
    return shared(old, fresh) >= ALIKE ? steps(old, fresh) : [edit]
  })
  return joined(edits)
}

/** The shortest way from one list to the other (longest common subsequence), as edits. */
function steps(from: string[], to: string[]): Edit[] {
  if (from.length > LONGEST || to.length > LONGEST) return [{ removed: from.join(''), added: to.join('') }]
  const common = commonLengths(from, to)
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      edits.push({ kept: from[i]! })
      i++
      j++
    } else if (j >= to.length || (i < from.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      edits.push({ removed: from[i++]!, added: '' })
    } else {
      edits.push({ removed: '', added: to[j++]! })
    }
  }
  return joined(edits)
}

/** lengths[i][j] = length of the longest common subsequence of from[i..] and to[j..]. */
function commonLengths(from: string[], to: string[]): number[][] {
  const lengths = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0))
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        from[i] === to[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}

function shared(one: string[], other: string[]): number {
  if (one.length + other.length === 0) return 1
  if (one.length > LONGEST || other.length > LONGEST) return one.join('') === other.join('') ? 1 : 0
  return (2 * commonLengths(one, other)[0]![0]!) / (one.length + other.length)
}

function joined(edits: Edit[]): Edit[] {
  const result: Edit[] = []
  for (const edit of edits) {
    const last = result.at(-1)
    if (last && 'kept' in last && 'kept' in edit) last.kept += edit.kept
    else if (last && 'removed' in last && 'removed' in edit) {
      last.removed += edit.removed
      last.added += edit.added
    } else result.push({ ...edit })
  }
  return result
}

function segments(edits: Edit[], side: 'removed' | 'added'): Segment[] {
  return edits.flatMap((edit) => {
    const text = 'kept' in edit ? edit.kept : edit[side]
    return text === '' ? [] : [{ text, changed: !('kept' in edit) }]
  })
}

function inWords(before: string, after: string, edits: Edit[], say: ChangeWording): string {
  if (before === after) return ''
  if (before === '') return say.added
  if (after === '') return say.removed
  if (before.normalize('NFC') === after.normalize('NFC')) return say.looksTheSame
  const changed = edits.filter((edit): edit is { removed: string; added: string } => !('kept' in edit))
  if (changed.length === edits.length) return say.replacedAsAWhole
  if (changed.length > 3) return say.places(changed.length)
  return changed.map((edit) => editInWords(edit, say)).join(say.between)
}

function editInWords({ removed, added }: { removed: string; added: string }, say: ChangeWording): string {
  const [old, fresh] = [characters(removed), characters(added)]
  if (fresh.length === 0) return say.runRemoved(kindOf(old), removed.trim())
  if (old.length === 0) return say.runAdded(kindOf(fresh), added.trim())
  if (old.length === 1 && fresh.length === 1) return singleInWords(removed, added, say)
  return say.replaced(removed.trim(), added.trim())
}

function singleInWords(removed: string, added: string, say: ChangeWording): string {
  const [was, is] = [kindOf([removed]), kindOf([added])]
  if (was !== is) return say.kindReplaced(was, removed, is, added)
  if (was === 'letter' && removed.toLowerCase() === added.toLowerCase()) {
    return removed === removed.toLowerCase() ? say.madeCapital(removed, added) : say.madeSmall(removed, added)
  }
  const [script, newScript] = [scriptOf(removed), scriptOf(added)]
  if (script && newScript && script !== newScript) return say.scriptReplaced(script, removed, newScript, added)
  return say.oneReplaced(was, removed, added)
}

/** What a run of characters is made of. */
function kindOf(run: string[]): RunKind {
  const every = (pattern: RegExp) => run.every((character) => pattern.test(character))
  const kind = every(/^\s/u) ? 'space' : every(/^\p{Nd}/u) ? 'digit' : every(/^\p{L}/u) ? 'letter' : 'sign'
  const mixed = kind === 'sign' && run.some((character) => /^[\p{L}\p{Nd}\s]/u.test(character))
  if (mixed) return 'text'
  return run.length === 1 ? kind : `${kind}s`
}

function quoted(text: string): string {
  return text === '' ? '' : `: ${text}`
}

/** Scripts whose letters are easily taken for each other's. */
const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Armenian'] as const

function scriptOf(character: string): LookalikeScript | undefined {
  return SCRIPTS.find((script) => new RegExp(`^\\p{Script=${script}}`, 'u').test(character))
}

const ENGLISH: ChangeWording = {
  between: '; ',
  added: 'added',
  removed: 'removed',
  looksTheSame: 'looks the same, written with other characters',
  replacedAsAWhole: 'replaced as a whole',
  places: (n) => `${n} places changed`,
  runRemoved: (kind, text) => `${kind} removed${quoted(text)}`,
  runAdded: (kind, text) => `${kind} added${quoted(text)}`,
  replaced: (was, is) => `${was || 'a space'} replaced by ${is || 'a space'}`,
  oneReplaced: (kind, was, is) => `one ${kind} replaced: ${was} by ${is}`,
  kindReplaced: (wasKind, was, isKind, is) => {
    const named = (kind: RunKind, character: string) => (kind === 'space' ? 'space' : `${kind} ${character}`)
    return `${named(wasKind, was)} replaced by ${named(isKind, is)}`
  },
  madeCapital: (was, is) => `small ${was} replaced by capital ${is}`,
  madeSmall: (was, is) => `capital ${was} replaced by small ${is}`,
  scriptReplaced: (wasScript, was, isScript, is) => `${wasScript} letter ${was} replaced by ${isScript} letter ${is}`,
}
