/** What is easily used wrongly stands in the files named here and nowhere else: whoever needs it anew reads this first. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const NOT_THE_PRODUCT = /\.(test|bench|spec)\.tsx?$|^lib\/(testing|generated)\//

const sources = ['app', 'components', 'lib', 'prisma']
  .flatMap((part) => readdirSync(join(root, part), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .concat('proxy.ts', 'next.config.js')
  .filter((path) => !NOT_THE_PRODUCT.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const using = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort()

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(500)
  expect(using(/createServer/)).toContain('lib/start/front.mjs')
})

test('no text is run as a program', () => {
  expect(using(/\beval\(|new Function\(|\bsetTimeout\(['"`]/)).toEqual([])
})

test('no text becomes markup of a page', () => {
  expect(using(/dangerouslySetInnerHTML|\.(innerHTML|outerHTML)\b|document\.write|insertAdjacentHTML/)).toEqual([])
})

test('other programs are started by the start scripts and the renderer alone, never through a shell', () => {
  const starting = using(/from 'node:child_process'/).filter((path) => !/^lib\/(start|embedded)\//.test(path))
  expect(starting).toEqual(['lib/rendering/typst-pool.ts'])
  expect(using(/\bexecSync\(|\bexec\('|shell: true/)).toEqual([])
})

test('SQL is put together of constants: one statement of the export takes its values apart from its text', () => {
  expect(using(/(query|execute)RawUnsafe/)).toEqual(['lib/audit/store-export.ts'])
})

test('certificates of other machines are always checked', () => {
  expect(using(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/)).toEqual([])
})

test('no weak hash, but the one that authenticator apps know; no cipher but AES-GCM', () => {
  expect(using(/createHash\(\s*'(md5|sha1)'|createHmac\(\s*'(md5|sha1)'/)).toEqual(['lib/auth/totp.ts'])
  const ciphers = sources.flatMap(({ text }) =>
    [...text.matchAll(/createCipheriv\(\s*'([^']+)'/g)].map(([, name]) => name),
  )
  expect(new Set(ciphers)).toEqual(new Set(['aes-256-gcm']))
})

test('chance that nobody may guess comes from the system', () => {
  // The pause before a program of somebody else asks again.
  expect(using(/Math\.random\(/)).toEqual(['lib/developers/client-runtime.ts'])
})

test('documents are not taken apart by a reader of XML', () => {
  expect(using(/from '(xml2js|fast-xml-parser|libxmljs2?|sax|xmldom|@xmldom\/xmldom)'|new DOMParser/)).toEqual([])
})

test('no page listens to messages of other windows', () => {
  // The first answers the windows of its own origin, to which alone a service worker belongs.
  expect(using(/addEventListener\('message'|\bonmessage\b/)).toEqual(
    ['components/verify/verify-worker.ts', 'components/verify/get-ready.ts'].sort(),
  )
})

test('no pattern is made of text that somebody sent: only of constants, of a setting, and of what a type declares', () => {
  expect(using(/new RegExp\(/)).toEqual([
    'components/find/attempts.ts',
    'components/verify/verify-page.tsx',
    'lib/certificate-types/pattern.ts',
    'lib/certificates/credential.ts',
    'lib/certificates/diff.ts',
    'lib/certificates/hidden.ts',
    'lib/config.ts',
    'lib/type-checks/words.ts',
  ])
})

test('what browsers keep is in named files: when a session ends, which field had the focus, lists and keys, what a holder chose', () => {
  expect(using(/\b(localStorage|sessionStorage|indexedDB)\b|\bcaches\./)).toEqual([
    'components/drafts/field-memory.ts',
    'components/holder/copy-store.ts',
    'components/holder/copy-worker.ts',
    'components/idle/session-clock.ts',
    'components/verify/feedback.ts',
    'components/verify/get-ready.ts',
    'components/verify/kept.ts',
    'components/verify/verify-worker.ts',
  ])
})
