/** Reads SVG as Typst writes it: elements with attributes in double quotes. Whatever else stands in it is not understood. */

const TOKEN = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g
const SPACE = /\s*/y
/** Far beyond any page, and nobody who walks through it runs out of stack. */
const DEEPEST = 500

/**
 * @typedef {{ name: string, attributes: Map<string, string>, children: SvgElement[], start: number, end: number }} SvgElement
 *   `start` and `end`: where its text stands.
 */

/**
 * The outermost element of an SVG; null for what is not understood: words between elements, comments, entities outside of
 * attributes, tags that do not fit together or stand very deep.
 * @param {string} svg
 * @returns {SvgElement | null}
 */
export function readSvg(svg) {
  const outside = { name: '', children: [] }
  const open = [outside]
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    SPACE.exec(svg)
    at = SPACE.lastIndex
    if (at === svg.length) break
    TOKEN.lastIndex = at
    const found = TOKEN.exec(svg)
    if (!found) return null
    const [tag, closes, name, attributes, isEmpty] = found
    const parent = open.at(-1)
    if (closes) {
      if (open.length === 1 || parent.name !== name || attributes || isEmpty) return null
      parent.end = at + tag.length
      open.pop()
    } else {
      const element = { name, attributes: attributesIn(attributes), children: [], start: at, end: at + tag.length }
      parent.children.push(element)
      if (!isEmpty && open.push(element) > DEEPEST) return null
    }
    at += tag.length
  }
  const [root, ...others] = outside.children
  return open.length === 1 && root && others.length === 0 ? root : null
}

function attributesIn(text) {
  const found = new Map()
  for (const [, name, value] of text.matchAll(ATTRIBUTE)) found.set(name, value)
  return found
}
