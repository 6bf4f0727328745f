import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMPILE_HINT, hintPages } from './compile-hints.mjs'

let pages: string
beforeEach(() => {
  pages = mkdtempSync(join(tmpdir(), 'errata-hints-'))
  mkdirSync(join(pages, 'static'))
  mkdirSync(join(pages, 'server/app/account'), { recursive: true })
  for (const name of ['main', 'layout', 'page', 'later']) {
    writeFileSync(join(pages, `static/${name}.js`), `run(${name})`)
  }
  writeFileSync(join(pages, 'build-manifest.json'), JSON.stringify({ rootMainFiles: ['static/main.js'] }))
  const list = {
    clientModules: { 'x] = y': {} },
    entryJSFiles: { layout: ['static/layout.js'], page: ['static/page.js'] },
  }
  writeFileSync(
    join(pages, 'server/app/account/page_client-reference-manifest.js'),
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/a/[id]/page"] = ${JSON.stringify(list)};`,
  )
})
afterEach(() => rmSync(pages, { recursive: true }))

const script = (name: string) => readFileSync(join(pages, `static/${name}.js`), 'utf8')

test('what a page begins with is compiled ahead, what comes later is not', () => {
  expect(hintPages(pages)).toBe(3)
  for (const name of ['main', 'layout', 'page']) expect(script(name)).toBe(`${COMPILE_HINT}\nrun(${name})`)
  expect(script('later')).toBe('run(later)')
})

test('said once, however often it is asked', () => {
  hintPages(pages)
  hintPages(pages)
  expect(script('main')).toBe(`${COMPILE_HINT}\nrun(main)`)
})
