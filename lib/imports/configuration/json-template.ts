/** A Mustache template that writes JSON, as the JSON tree that it writes: placeholders become leaves of it. Pure. */
import { piecesOf, TemplateError, type Piece, type Tag } from './mustache'

/** What stands in the place of a value. */
export interface Placeholder {
  name: string
  /** Whether it stands between quotes: then it is a text there, else whatever JSON the value is. */
  quoted: boolean
}

export interface Compiled {
  tree: Record<string, unknown>
  /** Names that decide whether a part of it stands there at all. */
  conditions: string[]
}

const LARGEST = 256 * 1024
const DEEPEST = 20
/** From Unicode's private use area: no template of DIVOC's holds them, and one that does is refused. */
const [OPEN, CLOSE] = ['\ue000', '\ue001']
const MARKERS = /[\ue000\ue001]/
const ONE_MARKER = /^\ue000(\d+)\ue001$/
/** A credential of the type's language may not use these as its own members. */
const WORDS_OF_MAPPING = ['from', 'setting', 'derive']

/**
 * The tree with `leafOf(placeholder, place)` in the place of each placeholder. Throws a TemplateError for what is no JSON
 * with whole values in the places of its placeholders.
 */
export function compileJson(template: string, leafOf: (placeholder: Placeholder, place: string) => unknown): Compiled {
  if (template.length > LARGEST)
    throw new TemplateError(`It has ${template.length} characters; at most ${LARGEST} are taken.`)
  if (MARKERS.test(template)) throw new TemplateError('It holds a character of the private use area.')
  const { text, tags, conditions } = marked(piecesOf(template))
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message.replaceAll(/[\ue000\ue001]/g, '') : ''
    throw new TemplateError(`It is no JSON where values stand in the places of its placeholders: ${message}`)
  }
  if (!isObject(tree)) throw new TemplateError('It is no JSON object.')
  return { tree: filled(tree, '', tags, leafOf) as Record<string, unknown>, conditions }
}

interface Marked {
  text: string
  tags: { tag: Tag; quoted: boolean }[]
  conditions: string[]
}

/** The text with a marker for each placeholder. Parts that stand there on a condition are taken as standing there. */
function marked(pieces: Piece[]): Marked {
  const tags: Marked['tags'] = []
  const conditions: string[] = []
  const state = { quoted: false, escaped: false, depth: 0 }
  let text = ''
  for (const piece of pieces) {
    if ('text' in piece) {
      follow(piece.text, state)
      text += piece.text
      continue
    }
    const { tag } = piece
    if (tag.kind === 'value') {
      const marker = `${OPEN}${tags.push({ tag, quoted: state.quoted }) - 1}${CLOSE}`
      text += state.quoted ? marker : `"${marker}"`
      continue
    }
    if (state.quoted) throw new TemplateError(`{{${tag.name}}} decides about a part of a text: that is not taken over.`)
    if (tag.kind === 'inverted')
      throw new TemplateError(`{{^${tag.name}}} is for certificates without this value: that is not taken over.`)
    if (tag.kind === 'section') conditions.push(tag.name)
  }
  return { text, tags, conditions: [...new Set(conditions)] }
}

interface State {
  quoted: boolean
  escaped: boolean
  depth: number
}

/** Whether the text after this one is inside quotes. */
function follow(text: string, state: State): void {
  for (const character of text) {
    if (state.escaped) state.escaped = false
    else if (state.quoted && character === '\\') state.escaped = true
    else if (character === '"') state.quoted = !state.quoted
    else if (!state.quoted && '{['.includes(character)) state.depth += 1
    else if (!state.quoted && '}]'.includes(character)) state.depth -= 1
    if (state.depth > DEEPEST) throw new TemplateError(`It is nested deeper than ${DEEPEST} levels.`)
  }
}

function filled(
  node: unknown,
  place: string,
  tags: Marked['tags'],
  leafOf: (placeholder: Placeholder, place: string) => unknown,
): unknown {
  if (Array.isArray(node)) return node.map((item, at) => filled(item, `${place}/${at}`, tags, leafOf))
  if (typeof node === 'string') {
    const found = ONE_MARKER.exec(node)
    if (!found) {
      if (!MARKERS.test(node)) return node
      const names = [...node.matchAll(/\ue000(\d+)\ue001/g)].map(([, n]) => `{{${tags[Number(n)]!.tag.name}}}`)
      throw new TemplateError(
        `${place}: ${names.join(' and ')} with other text around: only whole values are taken over.`,
      )
    }
    const { tag, quoted } = tags[Number(found[1])]!
    return leafOf({ name: tag.name, quoted }, place)
  }
  if (!isObject(node)) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => {
      const here = `${place}/${key}`
      if (MARKERS.test(key)) throw new TemplateError(`${place}: the name of a member is a placeholder.`)
      if (key in Object.prototype || key.includes('/') || WORDS_OF_MAPPING.includes(key))
        throw new TemplateError(`${here}: a member cannot be called ${key}.`)
      return [key, filled(child, here, tags, leafOf)]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
