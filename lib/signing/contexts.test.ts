import { expect, test } from 'vitest'
import { contextDocument, pinnedContexts } from './contexts'
import { FIRST_NAMESPACE, formOfNamespace, KNOWN_NAMESPACES } from './names'
import type { ActiveContext } from './scoped-contexts'

const OURS = 'https://health.example/vaccination/v2'
const FIRST = 'https://health.example/vaccination/v1'
const own = { namespace: OURS, namespaceV1: FIRST }
/** In force where a document begins. */
const NOTHING = { mappings: new Map() } as unknown as ActiveContext

test('an address that is not pinned is rejected, not fetched', async () => {
  const { contextResolver, documentLoader } = pinnedContexts(own)
  await expect(documentLoader(OURS)).rejects.toThrow(/never fetched/)
  for (const url of ['https://example.com/', 'http://www.w3.org/2018/credentials/v1', 'did:india', '', '__proto__']) {
    await expect(contextResolver.resolve({ activeCtx: NOTHING, context: url })).rejects.toThrow(/never fetched/)
  }
})

test.each(['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/v1', 'https://w3id.org/security/v2'])(
  '%s is there',
  async (url) => {
    const { contextResolver } = pinnedContexts(own)
    const resolved = await contextResolver.resolve({ activeCtx: NOTHING, context: url })
    expect(resolved.some(({ document }) => Object.hasOwn(document as object, 'id'))).toBe(true)
    // What the library made of them is found again.
    expect((await contextResolver.resolve({ activeCtx: NOTHING, context: url }))[0]).toBe(resolved[0])
  },
)

test.each([OURS, FIRST, FIRST_NAMESPACE, ...KNOWN_NAMESPACES])('%s is our vocabulary under that namespace', (url) => {
  const text = JSON.stringify(contextDocument(url, own))
  expect(text).toContain(`"vac":"${url}"`)
  expect(text).not.toContain('{namespace}')
})

test('the first vocabulary is the later one without the words that came later', () => {
  const words = (url: string) => JSON.stringify(contextDocument(url, own)).replaceAll(url, 'namespace')
  const added = ['"dob":"schema:date",', '"icd11Code":"schema:id",', '"prophylaxis":"schema:name",']
  expect(added.reduce((text, word) => text.replace(word, ''), words(OURS))).toBe(words(FIRST))
  expect(words(OURS)).not.toBe(words(FIRST))
})

test('one address for both generations is the later vocabulary, which knows all words of the first', () => {
  const both = { namespace: OURS, namespaceV1: OURS }
  expect(formOfNamespace(OURS, both)).toBe('certifyV3')
  expect(contextDocument(OURS, both)).toEqual(contextDocument(OURS, own))
  const [pinned] = KNOWN_NAMESPACES
  expect(formOfNamespace(pinned, { namespace: OURS, namespaceV1: pinned! })).toBe('certifyV3')
  expect(formOfNamespace('https://elsewhere.example/', own)).toBeNull()
})
