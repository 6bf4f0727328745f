/** Contexts within contexts are made once, and documents read as with the library's own resolver. */
import jsonld from 'jsonld'
import { beforeAll, describe, expect, test } from 'vitest'
import { onlyPinned } from './context-resolver'
import { contextDocument } from './contexts'
import { keySettings, vector } from '@/lib/testing/vectors'

const own = keySettings('RSA').credential
const pinned = (url: string) => (url === NESTING ? nesting : contextDocument(url, own))

const NESTING = 'https://test.example/nesting'
/** A word and a type that bring words of their own, each of which brings them again. */
const nesting = {
  '@context': {
    '@version': 1.1,
    ex: 'https://test.example/#',
    name: 'ex:name',
    Box: { '@id': 'ex:Box', '@context': { '@version': 1.1, name: 'ex:name-of-box', side: 'ex:side' } },
    within: {
      '@id': 'ex:within',
      '@context': { '@version': 1.1, name: 'ex:name-within', ex2: 'https://test.example/2#' },
    },
    beside: { '@id': 'ex:beside', '@context': { '@version': 1.1, name: 'ex:name-beside' } },
  },
}

type Options = Parameters<typeof jsonld.canonize>[1]
type Resolving = Pick<Options, 'documentLoader'> & { contextResolver?: object }

const canonized = (document: object, resolving: Resolving) =>
  jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    safe: true,
    ...resolving,
  })
/** As the library resolves by itself. */
const byItself = (document: object) =>
  canonized(document, {
    documentLoader: async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: structuredClone(pinned(url)),
      tag: undefined,
    }),
  })
const asHere = (document: object) => canonized(document, onlyPinned(pinned))

const credential = JSON.parse(vector('ascii.divocdev.rsa').unsigned) as object
const box = { '@type': 'Box', name: 'a', side: 'b', beside: { name: 'c' } }
const documents: [string, object][] = [
  ['a certificate', credential],
  [
    'a word within a word',
    { '@context': NESTING, '@id': 'ex:1', within: { name: 'a', within: { name: 'b', beside: { name: 'c' } } } },
  ],
  [
    'types and what stands within them',
    { '@context': NESTING, '@id': 'ex:2', name: 'x', within: [box, box], beside: box },
  ],
  ['a type within its own', { '@context': NESTING, '@id': 'ex:3', ...box, within: { ...box, side: 'c', within: box } }],
  [
    'words of its own',
    {
      '@context': [NESTING, { name: 'ex:another', beside: { '@id': 'ex:beside', '@context': { name: 'ex:third' } } }],
      '@id': 'ex:4',
      name: 'x',
      beside: { name: 'y' },
    },
  ],
]

describe.each(documents)('%s', (_what, document) => {
  let expected: string
  beforeAll(async () => {
    expected = await byItself(document)
  })

  test('reads the same the first time and again', async () => {
    expect(expected).not.toBe('')
    for (let time = 0; time < 3; time++) expect(await asHere(structuredClone(document))).toBe(expected)
  })
})

/** How many contexts the library makes of those of a document. */
async function made(document: object, words: object = nesting): Promise<number> {
  let count = 0
  const { contextResolver, documentLoader } = onlyPinned(() => words)
  const resolve: typeof contextResolver.resolve = async (asked) =>
    (await contextResolver.resolve(asked)).map((answer) => ({
      document: answer.document,
      getProcessed: (before) => answer.getProcessed(before),
      setProcessed: (before, processed) => {
        count++
        answer.setProcessed(before, processed)
      },
    }))
  await canonized(structuredClone(document), { contextResolver: { resolve }, documentLoader })
  return count
}

test('what was made of a context within another is found again', async () => {
  const document = { '@context': NESTING, '@id': 'ex:5', within: box }
  const words = structuredClone(nesting)
  expect(await made(document, words)).toBeGreaterThan(3)
  expect(await made(document, words)).toBe(0)
})

test('words that stand in the document are read anew: they may have changed', async () => {
  const words = { beside: { '@id': 'ex:beside', '@context': { name: 'ex:one' } } }
  const document = { '@context': [NESTING, words], '@id': 'ex:6', beside: { name: 'x' } }
  expect(await asHere(document)).toContain('#one>')
  words.beside['@context'].name = 'ex:two'
  expect(await asHere(document)).toBe(await byItself(document))
  expect(await asHere(document)).toContain('#two>')
})

test('ways without number to nest words are read right, and not kept for ever', { timeout: 60_000 }, async () => {
  const nested = (way: number) => {
    let inner: object = { name: 'x' }
    for (let bits = way; bits > 0; bits >>= 1) inner = { name: String(bits), [bits % 2 ? 'within' : 'beside']: inner }
    return { '@context': NESTING, '@id': 'ex:7', within: inner }
  }
  await made(nested(1023))
  expect(await made(nested(1023))).toBe(0)
  for (let way = 2048; way < 2048 + 64 * 31; way += 31) {
    const text = await asHere(nested(way))
    if (way % 8 === 0) expect(text).toBe(await byItself(nested(way)))
  }
  expect(await made(nested(1023))).toBeGreaterThan(0)
})
