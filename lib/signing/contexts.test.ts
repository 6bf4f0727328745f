import { expect, test } from 'vitest'
import { contextDocument, pinnedLoader } from './contexts'
import { KNOWN_NAMESPACES } from './names'

const OURS = 'https://health.example/vaccination/v2'
const FIRST = 'https://health.example/vaccination/v1'
const own = { namespace: OURS, namespaceV1: FIRST }

test('an address that is not pinned is rejected, not fetched', async () => {
  const loader = pinnedLoader(own)
  for (const url of ['https://example.com/', 'http://www.w3.org/2018/credentials/v1', 'did:india', '', '__proto__']) {
    await expect(loader(url)).rejects.toThrow(/never fetched/)
  }
})

test.each(['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/v1', 'https://w3id.org/security/v2'])(
  '%s is there',
  async (url) => {
    expect((await pinnedLoader(own)(url)).document).toHaveProperty('@context')
  },
)

test.each([OURS, ...KNOWN_NAMESPACES])('%s is our vocabulary under that namespace', (url) => {
  const text = JSON.stringify(contextDocument(url, own))
  expect(text).toContain(`"vac":"${url}"`)
  expect(text).not.toContain('{namespace}')
})
