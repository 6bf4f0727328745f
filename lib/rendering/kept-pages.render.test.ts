import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { metrics } from '@/lib/operations/metrics'
import { certificatePage } from '@/lib/testing/certificate-page'
import { pagesSet } from '@/lib/testing/pages-set'
import { keptPages } from './kept-pages'
import { createPdfRenderer, type CertificatePage } from './pdf'
import type { Template } from './typst-pool'

const renderer = createPdfRenderer({ workers: 2 })
const pages = keptPages(renderer)
afterAll(() => renderer.close())
beforeEach(() => metrics.pageSeconds.reset())

const folder = join(import.meta.dirname, '..', 'certificate-types', 'VaccinationCertificate')
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
const template = (key: string, over: Record<string, Buffer> = {}): Template => ({
  key,
  files: new Map([...files, ...Object.entries(over)]),
  main: 'certificate.typ',
})

test('a page is set once, whether it is asked for again or by several at once', async () => {
  const [first, second] = await Promise.all([pages.render(certificatePage()), pages.render(certificatePage())])
  expect(await pages.render(certificatePage())).toBe(first)
  expect(second).toBe(first)
  expect(await pagesSet('pdf')).toBe(1)
  expect(await pages.pictures(certificatePage())).toEqual(await pages.pictures(certificatePage()))
  expect(await pagesSet('picture')).toBe(1)
})

test('other data and another version of the template are set anew', async () => {
  const page = certificatePage({ title: 'Anew' })
  const [old, next] = [template('1'), template('2', { 'logo.svg': Buffer.from(LOGO) })]
  const before = await pages.render(page, old)
  await pages.render(page, old)
  expect(await pagesSet('pdf')).toBe(1)
  expect(Buffer.compare(before, await pages.render(page, next))).not.toBe(0)
  expect(await pagesSet('pdf')).toBe(2)
  await pages.render({ ...page, code: '1' }, next)
  await pages.render({ ...page, watermark: 'TEST – NOT VALID' }, next)
  expect(await pagesSet('pdf')).toBe(4)
})

test('each language, type and template has a page of its own, and each of them is set once', async () => {
  const page = certificatePage({ title: 'Of its own' })
  const ours = template('ours', { 'other.typ': files.get('certificate.typ')! })
  const theirs = template('theirs', { 'logo.svg': Buffer.from(LOGO) })
  const own: [CertificatePage, Template][] = [
    [page, ours],
    [{ ...page, language: 'fr' }, ours],
    [{ ...page, alsoIn: 'si', also: 'සහතිකය' }, ours],
    [{ ...page, title: 'Certificate of test' }, ours],
    [page, theirs],
    [page, { ...ours, main: 'other.typ' }],
  ]
  const set = () => Promise.all(own.map(([one, by]) => pages.render(one, by)))
  const first = await set()
  expect(await pagesSet('pdf')).toBe(own.length)
  const again = await set()
  expect(again.every((pdf, at) => pdf === first[at])).toBe(true)
  expect(await pagesSet('pdf')).toBe(own.length)
})

test('a page that is refused is refused again, not kept as one that failed', async () => {
  const page = certificatePage({ title: 'Ana 😀' })
  for (const attempt of [1, 2]) {
    await expect(pages.render(page), String(attempt)).rejects.toMatchObject({ code: 'UNSUPPORTED_CHARACTER' })
  }
  expect(await pagesSet('pdf')).toBe(0)
})

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="9" height="9"/></svg>'
