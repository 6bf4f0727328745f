import { expect, test } from 'vitest'
import { lighterSvg } from './lighter-svg.mjs'

const NAME = 'g0123456789ABCDEF'
const SQUARE = 'M 0 0m 1 1 v 2 h 2 v -2 Z '
const symbol = (d = SQUARE, id = NAME) => `<symbol id="${id}" overflow="visible"><path d="${d}"/></symbol>`
const letter = (x: number, more = '') =>
  `<use xlink:href="#${NAME}" x="${x}" y="0" fill="#102030" fill-rule="nonzero"${more}/>`
const picture = (body: string, defs = symbol()) =>
  `<svg viewBox="0 0 99 99">${body}<defs id="glyph">${defs}</defs></svg>`
const bodyOf = (svg: string) => lighterSvg(svg).replace(/^<svg viewBox="0 0 99 99">|<\/svg>$/g, '')
const group = (body: string, matrix = '1 0 0 -1 10 20') =>
  `<g class="typst-group"> <g class="typst-text" transform="matrix(${matrix})">${body}</g></g>`

test('letters of a run become one path at their places, and what drew them goes', () => {
  expect(bodyOf(picture(group(letter(0) + letter(5))))).toBe(
    '<path fill="#102030" transform="scale(0.01)" d="m1100 1900l0-200 200 0 0 200zm500 0l0-200 200 0 0 200z"/>',
  )
})

test('runs of one colour share a path, those of another begin one', () => {
  const other = letter(9).replace('#102030', '#ffffff')
  expect(bodyOf(picture(group(letter(0)) + group(letter(5)) + group(other))).match(/<path/g)).toHaveLength(2)
})

test('letters that touch never share a path', () => {
  expect(bodyOf(picture(group(letter(0) + letter(1) + letter(5)))).match(/<path/g)).toHaveLength(2)
})

test('what is drawn between two letters stays between them', () => {
  const line = '<path fill="#e4dfd4" d="M 0 0h 9 "/>'
  const drawn = bodyOf(picture(group(letter(0)) + line + group(letter(5))))
  expect(drawn.split(line).map((part) => part.match(/scale/g)?.length)).toEqual([1, 1])
})

test('curves, absolute places and lines without a letter before them are read as SVG says', () => {
  const drawn = bodyOf(
    picture(group(letter(0), '1 0 0 1 0 0'), symbol('M1,2 3 4 5 6 Q 7 8 9 10 c1 1 2 2 3 3 H 20 V.5z')),
  )
  expect(drawn).toContain('d="m100 200l200 200 200 200q200 200 400 400c100 100 200 200 300 300l800 0 0-1250z"')
})

test.each([
  ['a gradient', letter(0).replace('#102030', 'url(#f1)')],
  ['a stroke', letter(0, ' stroke="#000"')],
  ['evenodd', letter(0).replace('nonzero', 'evenodd')],
  ['a place that is no number', letter(0).replace('x="0"', 'x="1em"')],
  ['a colour by name', letter(0).replace('#102030', 'currentColor')],
])('a letter with %s stays, where it was, with its outline', (_, use) => {
  expect(bodyOf(picture(group(use)))).toBe(
    `<g transform="matrix(1 0 0 -1 10 20)">${use}</g><defs id="glyph">${symbol()}</defs>`,
  )
})

test.each([
  'M 0 0 a 1 1 0 0 0 2 2',
  'M 0 0 l 1',
  'M 0 0 l x 1',
  'l 1 1',
  'M 1e999 0 l 1 1',
  'M 0 0 Z 1',
  'M 0 0 h z',
  '',
])('an outline %j that is not understood stays a symbol', (d) => {
  const svg = picture(group(letter(0)), symbol(d))
  if (d === '') expect(bodyOf(svg)).toBe('')
  else expect(bodyOf(svg)).toContain(`<defs id="glyph">${symbol(d)}</defs>`)
})

test('clips, images, nested pictures, gradients and groups that say something stay', () => {
  const clip = '<defs id="clip-path"><clipPath id="c1"><path d="M 0 0h 9 v 9 Z "/></clipPath></defs>'
  const image = '<image xlink:href="data:image/png;base64,AAAA" width="3" height="3" preserveAspectRatio="none"/>'
  const link = '<a href="https://e.example/"><rect width="9" height="9"/></a>'
  const svg = picture(`${group(`<g clip-path="url(#c1)">${image}${link}</g>`)}`).replace('</svg>', `${clip}</svg>`)
  expect(lighterSvg(svg)).toBe(
    `<svg viewBox="0 0 99 99"><g clip-path="url(#c1)" transform="matrix(1 0 0 -1 10 20)">${image}${link}</g>${clip}</svg>`,
  )
})

test('transforms of groups within groups are one; those of images and shapes come after', () => {
  const shape = '<path class="typst-shape" fill="none" stroke="#000" transform="matrix(1 0 0 1 3 4)" d="M 0 0h 9 "/>'
  expect(bodyOf(picture(group(group(shape, '2 0 0 2 0 0'))))).toBe(
    '<path fill="none" stroke="#000" d="M 0 0h 9 " transform="matrix(2 0 0 -2 16 12)"/>',
  )
  const turned = shape.replace('matrix(1 0 0 1 3 4)', 'rotate(45)')
  expect(bodyOf(picture(group(turned)))).toBe(`<g transform="matrix(1 0 0 -1 10 20)">${turned}</g>`)
})

test('a title stays with the group that it is of', () => {
  const titled = '<g><title/>' + letter(0) + '</g>'
  expect(bodyOf(picture(titled))).toMatch(/^<g><title\/><path fill="#102030"[^<]*<\/g>$/)
})

test.each([
  '',
  'no picture',
  '<html/>',
  '<svg>',
  '<svg><g></svg></g>',
  '<svg/><svg/>',
  '<svg>words</svg>',
  "<svg a='1'/>",
  '<svg><!-- --></svg>',
  '<svg><style></style></svg>',
  '<svg><g><script/></g></svg>',
  '<!DOCTYPE svg><svg/>',
  `<svg ${'a="b" '.repeat(50_000)}`,
])('what is not written as Typst does comes back as it was', (text) => {
  expect(lighterSvg(text)).toBe(text)
})

test('very many letters are drawn soon', () => {
  const many = picture(group(Array.from({ length: 20_000 }, (_, at) => letter(at * 5)).join('')))
  expect(bodyOf(many).match(/<path/g)).toHaveLength(50)
})

test('groups deep in each other are unpacked; deeper than any page they stay', () => {
  const nested = (deep: number) => picture('<g>'.repeat(deep) + letter(0) + '</g>'.repeat(deep))
  expect(bodyOf(nested(300))).toMatch(/^<path [^<]*$/)
  expect(lighterSvg(nested(100_000))).toBe(nested(100_000))
})
