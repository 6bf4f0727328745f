/** The tags of a Mustache template, read and never rendered. Pure. */

export interface Tag {
  kind: 'value' | 'section' | 'inverted' | 'end'
  name: string
  /** Where it begins, in characters. */
  at: number
}

export type Piece = { text: string } | { tag: Tag }

export class TemplateError extends Error {}

const MOST_TAGS = 2000
const KINDS: Record<string, Tag['kind'] | 'comment' | undefined> = {
  '#': 'section',
  '^': 'inverted',
  '/': 'end',
  '!': 'comment',
}
/** What Mustache knows besides, and why it is refused. */
const REFUSED: Record<string, string> = {
  '>': 'brings in another template',
  '=': 'changes what a placeholder looks like',
  '<': 'brings in another template',
  $: 'is a block of another template',
}

/** Texts and tags in their order; comments are left out. Throws a TemplateError that names what is not understood. */
export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (let at = template.indexOf('{{'); at >= 0; at = template.indexOf('{{', from)) {
    if (at > from) pieces.push({ text: template.slice(from, at) })
    const close = template.startsWith('{{{', at) ? '}}}' : '}}'
    const end = template.indexOf(close, at)
    if (end < 0) throw new TemplateError(`A placeholder is not closed: ${template.slice(at, at + 30)}`)
    const tag = tagOf(template.slice(at + close.length, end).trim(), close === '}}}', at)
    if (tag) pieces.push({ tag })
    from = end + close.length
    if (pieces.length > 2 * MOST_TAGS) throw new TemplateError(`There are more than ${MOST_TAGS} placeholders.`)
  }
  if (from < template.length) pieces.push({ text: template.slice(from) })
  checkNesting(pieces)
  return pieces
}

function tagOf(inside: string, isBare: boolean, at: number): Tag | null {
  const sign = isBare ? '' : inside.charAt(0)
  const refused = REFUSED[sign]
  if (refused) throw new TemplateError(`{{${inside.slice(0, 60)}}} ${refused}: that is not taken over.`)
  const kind = KINDS[sign] ?? 'value'
  if (kind === 'comment') return null
  const name = (kind === 'value' && sign !== '&' ? inside : inside.slice(1)).trim()
  if (!/^[\p{L}\p{N}_.-]{1,100}$/u.test(name)) {
    throw new TemplateError(`{{${inside.slice(0, 60)}}} is no placeholder that is understood.`)
  }
  return { kind, name, at }
}

function checkNesting(pieces: Piece[]): void {
  const open: string[] = []
  for (const piece of pieces) {
    if (!('tag' in piece)) continue
    const { kind, name } = piece.tag
    if (kind === 'section' || kind === 'inverted') open.push(name)
    if (kind === 'end' && open.pop() !== name) throw new TemplateError(`{{/${name}}} closes what is not open.`)
  }
  if (open.length > 0) throw new TemplateError(`{{#${open.at(-1)}}} is not closed.`)
}
