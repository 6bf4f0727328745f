import { readFileSync } from 'node:fs'
import initTypst, { TypstFontResolverBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import { expect, test } from 'vitest'
import { scripts } from '@/lib/testing/certificate-page'
import { titleFont, valueFonts } from './fonts.mjs'
import { codePointsOf, nameOfCharacter, unsupportedCharacters } from './glyphs'

test.each(Object.entries(scripts))('every character of a name in %s can be printed', (_, name) => {
  expect(unsupportedCharacters(name)).toEqual([])
})

test('what no shipped font draws is named once, in order of appearance', () => {
  expect(unsupportedCharacters('Ana 😀 漢 😀')).toEqual(['😀', '漢'])
  expect(unsupportedCharacters('a\u0001b\ud800')).toEqual(['\u0001', '\ud800'])
})

test('white space, joiners and marks of direction need no glyph', () => {
  expect(unsupportedCharacters('a\tb\nc\r\u00a0\u200b\u200c\u200d\u200e\u200f\ufe0f')).toEqual([])
})

test('a character is named so that a person can find it', () => {
  expect(['😀', '\u0001', '\u0301'].map(nameOfCharacter)).toEqual(['“😀” (U+1F600)', 'U+0001', 'U+0301'])
})

test('the coverage of every font is the one that Typst reads from it', async () => {
  const wasm = 'node_modules/@myriaddreamin/typst-ts-web-compiler/pkg/typst_ts_web_compiler_bg.wasm'
  await initTypst({ module_or_path: readFileSync(wasm) })
  const typst = new TypstFontResolverBuilder()
  for (const file of [...valueFonts(process.cwd()), titleFont(process.cwd())].flatMap((font) => font.files)) {
    const bytes = readFileSync(file)
    const runs: number[] = typst.get_font_info(bytes).info[0].coverage
    const sorted = [...new Set(codePointsOf(bytes))].sort((a, b) => a - b)
    expect(sorted, file).toEqual(expandRuns(runs))
  }
})

/** Typst keeps coverage as lengths of runs, by turns not covered and covered. */
function expandRuns(runs: number[]): number[] {
  const codes: number[] = []
  let at = 0
  runs.forEach((length, turn) => {
    if (turn % 2 === 1) for (let code = at; code < at + length; code++) codes.push(code)
    at += length
  })
  return codes
}
