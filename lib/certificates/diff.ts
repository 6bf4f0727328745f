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
export function markChanges(before: string, after: string): MarkedChange {
  const edits = editsBetween(before, after)
  return {
    before: segments(edits, 'removed'),
    after: segments(edits, 'added'),
    words: inWords(before, after, edits),
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

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function characters(text: string): string[] {
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

function inWords(before: string, after: string, edits: Edit[]): string {
  if (before === after) return ''
  if (before === '') return 'added'
  if (after === '') return 'removed'
  if (before.normalize('NFC') === after.normalize('NFC')) return 'looks the same, written with other characters'
  const changed = edits.filter((edit): edit is { removed: string; added: string } => !('kept' in edit))
  if (changed.length === edits.length) return 'replaced as a whole'
  if (changed.length > 3) return `${changed.length} places changed`
  return changed.map(editInWords).join('; ')
}

function editInWords({ removed, added }: { removed: string; added: string }): string {
  const [old, fresh] = [characters(removed), characters(added)]
  if (fresh.length === 0) return `${kindOf(old)} removed${quoted(removed)}`
  if (old.length === 0) return `${kindOf(fresh)} added${quoted(added)}`
  if (old.length === 1 && fresh.length === 1) return singleInWords(removed, added)
  return `${shown(removed)} replaced by ${shown(added)}`
}

function singleInWords(removed: string, added: string): string {
  const [was, is] = [kindOf([removed]), kindOf([added])]
  if (was !== is) return `${named(was, removed)} replaced by ${named(is, added)}`
  if (was === 'letter' && removed.toLowerCase() === added.toLowerCase()) {
    return removed === removed.toLowerCase()
      ? `small ${removed} replaced by capital ${added}`
      : `capital ${removed} replaced by small ${added}`
  }
  const [script, newScript] = [scriptOf(removed), scriptOf(added)]
  if (script && newScript && script !== newScript) {
    return `${script} letter ${removed} replaced by ${newScript} letter ${added}`
  }
  return `one ${was} replaced: ${removed} by ${added}`
}

/** "letter", "digits", "space", "signs" ... of a run of characters. */
function kindOf(run: string[]): string {
  const every = (pattern: RegExp) => run.every((character) => pattern.test(character))
  const kind = every(/^\s/u) ? 'space' : every(/^\p{Nd}/u) ? 'digit' : every(/^\p{L}/u) ? 'letter' : 'sign'
  const mixed = kind === 'sign' && run.some((character) => /^[\p{L}\p{Nd}\s]/u.test(character))
  if (mixed) return 'text'
  return run.length === 1 ? kind : `${kind}s`
}

function named(kind: string, character: string): string {
  return kind === 'space' ? 'space' : `${kind} ${character}`
}

function quoted(text: string): string {
  return text.trim() === '' ? '' : `: ${text.trim()}`
}

function shown(text: string): string {
  return text.trim() === '' ? 'a space' : text.trim()
}

/** Scripts whose letters are easily taken for each other's. */
const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Armenian'] as const

function scriptOf(character: string): string | undefined {
  return SCRIPTS.find((script) => new RegExp(`^\\p{Script=${script}}`, 'u').test(character))
}
