/** What is accepted can be printed: every character that counts as supported, alone and among others, on real pages. */
import { afterAll, expect, test } from 'vitest'
import { pageWith } from '@/lib/testing/certificate-page'
import { unsupportedCharacters } from './glyphs'
import { createPdfRenderer } from './pdf'

const VALUES_ON_A_PAGE = 120
const renderer = createPdfRenderer({ workers: 2, deadlineMs: 30_000, engine: 'native' })
afterAll(() => renderer.close())

const supported = [...everyCharacter()].filter((character) => unsupportedCharacters(character).length === 0)
const withoutShape = supported.filter((one) => /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(one))

test('every supported character is printed', async () => {
  expect(supported.length).toBeGreaterThan(5000)
  expect(await refusedOf(supported)).toEqual([])
})

// A glyph keeps the first text it was used for: only a letter that the page has nowhere else shows what goes along with it.
test('every mark and invisible character is printed before and after a letter', async () => {
  const letters = supported.filter((character) => /\p{Script=Ethiopic}/u.test(character) && /\p{L}/u.test(character))
  const letter = (at: number) => letters[at % letters.length]!
  expect(letters.length).toBeGreaterThan(2 * VALUES_ON_A_PAGE)
  expect(await refusedOf(withoutShape.map((one, at) => one + letter(2 * at) + one + letter(2 * at + 1)))).toEqual([])
})

test.each(['→', '✓', '■', '\u{1f12f}'])('%s, which only the font of titles has, is not supported', (character) => {
  expect(unsupportedCharacters(character)).toEqual([character])
})

test('U+FEFF, which PDF/UA forbids, is not supported', () => {
  expect(unsupportedCharacters('a\ufeffb')).toEqual(['\ufeff'])
})

// Marks that no font has together with the letter they would be put on.
test.each(['\u064b\u1f93\u08fe\n\u1ab7\ua797', '\t\u08d9\ufe22\u17bb', '/4\u0311\u2040\u06e2', '\u0d81\u08f8\ua839'])(
  'characters of different scripts that do not belong together (%j) are printed side by side',
  async (value) => expect(await refusedOf([value])).toEqual([]),
)

test('values of random supported characters are printed', async () => {
  const next = randomNumbers(1)
  const one = (from: string[]) => from[next() % from.length]!
  const value = () =>
    Array.from({ length: 1 + (next() % 6) }, () => one(next() % 2 ? supported : withoutShape)).join('')
  expect(await refusedOf(Array.from({ length: 3000 }, value))).toEqual([])
})

/** Prints all values, many on a page; names those that are refused, found by halving. */
async function refusedOf(values: string[]): Promise<string[]> {
  const pages = Array.from({ length: Math.ceil(values.length / VALUES_ON_A_PAGE) }, (_, at) =>
    values.slice(at * VALUES_ON_A_PAGE, (at + 1) * VALUES_ON_A_PAGE),
  )
  return (await Promise.all(pages.map(refusedOnPage))).flat()
}

async function refusedOnPage(values: string[]): Promise<string[]> {
  const rows = Object.fromEntries(values.map((value, at) => [`${at}`, value]))
  const page = { ...pageWith(rows), doses: [] }
  // The person's name is set large; labels that are numbers come in their order.
  page.sections[0]!.rows.unshift({ label: 'Name', value: 'Ana' })
  const failed = await renderer.render(page).then(
    () => null,
    (error: Error) => error,
  )
  if (!failed) return []
  if (values.length === 1) return [`${codes(values[0]!)}: ${failed.message}`]
  const half = values.length >> 1
  return [...(await refusedOnPage(values.slice(0, half))), ...(await refusedOnPage(values.slice(half)))]
}

function codes(value: string): string {
  return [...value].map((character) => `U+${character.codePointAt(0)!.toString(16)}`).join(' ')
}

function* everyCharacter(): Generator<string> {
  for (let code = 0; code <= 0x10ffff; code++) if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code)
}

/** The same numbers in every run (Lehmer's generator). */
function randomNumbers(seed: number): () => number {
  return () => (seed = (seed * 48_271) % 2_147_483_647)
}
