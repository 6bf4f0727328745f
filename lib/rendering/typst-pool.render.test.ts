import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { certificatePage } from '@/lib/testing/certificate-page'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { createPdfRenderer } from './pdf'
import { createTypstPool } from './typst-pool'

const folders = temporaryFolder()
afterAll(() => rmSync(folders, { recursive: true }))

/** A page under this title never ends: Typst stops one endless loop by itself, but not loops in loops. */
const HANGS = 'hangs'
const hanging = templateFolder(
  'hanging',
  `#let page-data = json(bytes(sys.inputs.page))
   #set document(title: page-data.title, date: none)
   #set text(font: page-data.valueFamilies, fallback: false, lang: "en")
   #if page-data.title == "${HANGS}" { for a in range(9000) { for b in range(9000) { for c in range(9000) {} } } }
   #page-data.title`,
)
const good = certificatePage()
const bad = certificatePage({ title: HANGS })
/** As much of a page as that file asks for. */
const pageData = { title: 'good', valueFamilies: ['Noto Sans'] }
const unavailable = { code: 'RENDERER_UNAVAILABLE', retryAfter: expect.any(Number) }

test('a page that hangs is killed at the deadline, and the next page is rendered', async () => {
  const renderer = createPdfRenderer({ workers: 1, deadlineMs: 1000, folder: hanging })
  await renderer.render(good)
  const [first] = renderer.pids()
  await expect(renderer.render(bad)).rejects.toMatchObject(unavailable)
  expect((await renderer.render(good)).length).toBeGreaterThan(1000)
  expect(renderer.pids()).toHaveLength(1)
  expect(renderer.pids()).not.toContain(first)
  expect(isRunning(first!)).toBe(false)
  await renderer.close()
})

test('a child that has set its first page stands behind its parent', async () => {
  const renderer = createPdfRenderer({ workers: 1 })
  await renderer.render(good)
  const [child] = renderer.pids()
  await vi.waitUntil(() => getPriority(child!) === Math.min(19, getPriority() + 5))
  await renderer.close()
})

test('a hanging page holds up no other while a second child is free', async () => {
  const renderer = createPdfRenderer({ workers: 2, deadlineMs: 30_000, folder: hanging })
  const stuck = renderer.render(bad)
  stuck.catch(() => undefined)
  const pages = await Promise.all(Array.from({ length: 10 }, () => renderer.render(good)))
  expect(pages).toHaveLength(10)
  await renderer.close()
  await expect(stuck).rejects.toMatchObject(unavailable)
})

test('while the event loop is busy one fewer sets pages, and a page that takes long counts no more', async () => {
  let busy = false
  const pool = createTypstPool({ workers: 2, deadlineMs: 30_000, folder: hanging, isLoopBusy: () => busy })
  const set = () => pool.run(pageData)
  await Promise.all([set(), set(), set(), set()])
  expect(pool.pids()).toHaveLength(2)
  busy = true
  const stuck = pool.run({ ...pageData, title: HANGS })
  stuck.catch(() => undefined)
  const others = Promise.all([set(), set()])
  const first = await Promise.race([others.then(() => 'set'), pause(200, 'waiting')])
  expect(first).toBe('waiting')
  expect(await others).toEqual(Array(2).fill({ pdf: expect.anything(), rss: expect.any(Number) }))
  await pool.close()
  await expect(stuck).rejects.toMatchObject(unavailable)
})

test('a page whose child is killed is rendered by the next child', async () => {
  const renderer = createPdfRenderer({ workers: 1 })
  const whole = await renderer.render(good)
  const page = renderer.render(good)
  process.kill(renderer.pids()[0]!, 'SIGKILL')
  expect(Buffer.compare(await page, whole)).toBe(0)
  await renderer.close()
})

test('a page whose child is killed twice is refused, and the pool recovers', async () => {
  const renderer = createPdfRenderer({ workers: 1, deadlineMs: 30_000, folder: hanging })
  await renderer.render(good)
  const page = renderer.render(bad)
  page.catch(() => undefined)
  const [first] = renderer.pids()
  process.kill(first!, 'SIGKILL')
  const second = await vi.waitUntil(() => renderer.pids().find((pid) => pid !== first), { timeout: 20_000 })
  process.kill(second, 'SIGKILL')
  await expect(page).rejects.toMatchObject(unavailable)
  expect((await renderer.render(good)).length).toBeGreaterThan(1000)
  await renderer.close()
})

test('a child above its memory is replaced between two pages, and no page is lost', async () => {
  const renderer = createPdfRenderer({ workers: 1, memoryLimit: 1 })
  const pages = await Promise.all(Array.from({ length: 4 }, () => renderer.render(good)))
  expect(new Set(pages.map((page) => Buffer.from(page).toString('base64'))).size).toBe(1)
  await renderer.close()
  expect(renderer.pids()).toEqual([])
})

test('a folder without template is reported, not tried for ever', async () => {
  const renderer = createPdfRenderer({ workers: 1, folder: 'lib/no-such-type' })
  await expect(renderer.render(good)).rejects.toMatchObject(unavailable)
  await renderer.close()
})

test('a closed renderer refuses', async () => {
  const renderer = createPdfRenderer()
  await renderer.close()
  await expect(renderer.render(good)).rejects.toMatchObject(unavailable)
})

test.each([
  ['a package', '#import "@preview/example:0.1.0": add'],
  ['a package under a made-up name', '#import "@pre" + "view/example:0.1.0": add'],
  ['a file outside its folder', '#read("../../../../../../../etc/hostname")'],
  ['a file by its absolute path', '#read("/etc/hostname")'],
  ['a file behind a symbolic link', '#read("link.txt")'],
])('a template cannot read %s', async (what, source) => {
  const folder = templateFolder(what.replaceAll(' ', '-'), `#set document(title: "x")\n${source}`)
  const outside = join(folders, 'outside.txt')
  writeFileSync(outside, 'outside')
  symlinkSync(outside, join(folder, 'link.txt'))
  const renderer = createPdfRenderer({ workers: 1, folder })
  await expect(renderer.render(good)).rejects.toThrow()
  await renderer.close()
})

test('a child that hangs ends when its parent is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentOf('lib/rendering/typst-child.mjs')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(parent.stdout, 'data')
  const child = Number(String(line))
  expect(isRunning(child)).toBe(true)
  parent.kill('SIGKILL')
  await vi.waitUntil(() => !isRunning(child), { timeout: 20_000 })
})

function parentOf(script: string): string {
  return `import { fork } from 'node:child_process'
    const child = fork(${JSON.stringify(script)}, [${JSON.stringify(hanging)}, ''], { execArgv: [] })
    child.once('message', () => child.send({ page: { title: '${HANGS}' } }, () => console.log(child.pid)))`
}

function templateFolder(name: string, source: string): string {
  const folder = join(folders, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'certificate.typ'), source)
  return folder
}

/** A process that ended but was not collected by its parent still has a number. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
