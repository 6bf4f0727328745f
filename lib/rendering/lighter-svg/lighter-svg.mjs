/**
 * Makes Typst's picture of a page lighter to read for a browser. Typst draws each letter as a `use` of its outline, deep in
 * groups that say nothing; here the letters become a few paths and those groups go. All else stays as Typst wrote it.
 */
import { letters } from './letters.mjs'
import { readLetter } from './outline-of-letter.mjs'
import { readSvg } from './read-svg.mjs'

const SAME = [1, 0, 0, 1, 0, 0]
/** What may be drawn without the group around it. */
const DRAWN = new Set(['g', 'use', 'path', 'image'])
const PLAIN_COLOUR = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i
const OF_A_LETTER = new Set(['xlink:href', 'x', 'y', 'fill', 'fill-rule'])
const LETTER_NAME = /^g[0-9A-F]{8,}$/
const NAMED = /#g[0-9A-F]{8,}/g
/** These look at how elements stand to each other. */
const LOOKS_AROUND = /<(?:style|script|animate|set)\b/

/**
 * The same picture. What is not SVG as Typst writes it comes back as it was.
 * @param {string} svg
 * @returns {string}
 */
export function lighterSvg(svg) {
  const root = LOOKS_AROUND.test(svg) ? null : readSvg(svg)
  if (root?.name !== 'svg') return svg
  const outlines = outlinesIn(root)
  const pen = letters()
  let text = ''
  const put = (more) => (text += pen.take() + more)

  function draw(element, matrix) {
    const { name, attributes, children } = element
    const own = matrixOf(attributes.get('transform'))
    if (name === 'use' && addLetter(attributes, matrix)) return
    if (own && children.length === 0 && (name === 'path' || name === 'image')) {
      put(`<${name}${written(attributes, times(matrix, own))}/>`)
    } else if (own && name === 'g') {
      drawGroup(element, times(matrix, own))
    } else {
      const verbatim = svg.slice(element.start, element.end)
      put(isSame(matrix) ? verbatim : `<g transform="${matrixText(matrix)}">${verbatim}</g>`)
    }
  }

  function drawGroup({ attributes, children }, matrix) {
    const saysNothing = [...attributes.keys()].every((name) => name === 'class' || name === 'transform')
    if (saysNothing && children.every(({ name }) => DRAWN.has(name))) {
      for (const child of children) draw(child, matrix)
      return
    }
    put(`<g${written(attributes, matrix)}>`)
    for (const child of children) draw(child, SAME)
    put('</g>')
  }

  function addLetter(attributes, matrix) {
    const outline = outlines.get(attributes.get('xlink:href')?.slice(1))
    const [x, y] = [numberOf(attributes.get('x')), numberOf(attributes.get('y'))]
    const fill = attributes.get('fill') ?? ''
    const isPlain = PLAIN_COLOUR.test(fill) && (attributes.get('fill-rule') ?? 'nonzero') === 'nonzero'
    if (!outline || !isPlain || Number.isNaN(x + y) || ![...attributes.keys()].every((name) => OF_A_LETTER.has(name)))
      return false
    pen.add(fill, outline, times(matrix, [1, 0, 0, 1, x, y]))
    return true
  }

  for (const child of root.children) if (child.name !== 'defs') draw(child, SAME)
  put('')
  const defs = root.children.filter(({ name }) => name === 'defs')
  return `<svg${written(root.attributes, SAME)}>${text}${defsOf(defs, outlines, svg, text)}</svg>`
}

/** Symbols that are nothing but the outline of a letter, by their names. */
function outlinesIn(root) {
  const found = new Map()
  for (const { name, children } of root.children) {
    if (name !== 'defs') continue
    for (const { name, attributes, children: parts } of children) {
      const [path, ...others] = parts
      if (name !== 'symbol' || attributes.size !== 2 || attributes.get('overflow') !== 'visible') continue
      if (path?.name !== 'path' || others.length > 0 || path.attributes.size !== 1 || path.children.length > 0) continue
      const outline = readLetter(path.attributes.get('d') ?? '?')
      const id = attributes.get('id')
      if (outline && id && LETTER_NAME.test(id)) found.set(id, outline)
    }
  }
  return found
}

/** What the picture names: outlines of letters only as far as they are still named. */
function defsOf(defs, outlines, svg, text) {
  const isOutline = ({ name, attributes }) => name === 'symbol' && outlines.has(attributes.get('id'))
  const verbatim = ({ start, end }) => svg.slice(start, end)
  const others = defs.map(({ children }) =>
    children
      .filter((child) => !isOutline(child))
      .map(verbatim)
      .join(''),
  )
  const named = new Set((text + others.join('')).match(NAMED))
  const kept = defs.map(({ children }) =>
    children
      .filter((child) => isOutline(child) && named.has(`#${child.attributes.get('id')}`))
      .map(verbatim)
      .join(''),
  )
  return defs
    .map(({ attributes }, at) => [attributes, others[at] + kept[at]])
    .filter(([, content]) => content !== '')
    .map(([attributes, content]) => `<defs${written(attributes, SAME)}>${content}</defs>`)
    .join('')
}

/** Attributes as they were, with another matrix; classes are named by nothing. */
function written(attributes, matrix) {
  let text = ''
  for (const [name, value] of attributes) if (name !== 'class' && name !== 'transform') text += ` ${name}="${value}"`
  return isSame(matrix) ? text : `${text} transform="${matrixText(matrix)}"`
}

/** Numbers of a `matrix(…)`; null for every other transform. */
function matrixOf(transform) {
  if (transform === undefined) return SAME
  const numbers = /^matrix\(([^()]*)\)$/.exec(transform)?.[1].split(' ').map(numberOf)
  return numbers?.length === 6 && numbers.every(Number.isFinite) ? numbers : null
}

function numberOf(text) {
  return text === undefined || text.trim() === '' ? NaN : Number(text)
}

function times([a, b, c, d, e, f], [g, h, i, j, k, l]) {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

function isSame(matrix) {
  return matrix.every((number, at) => number === SAME[at])
}

function matrixText(matrix) {
  return `matrix(${matrix.map((number) => Number(number.toFixed(6))).join(' ')})`
}
