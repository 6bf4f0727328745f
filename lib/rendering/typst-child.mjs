/** A process that renders pages: Typst is synchronous and a template can hang it, so it lives where it can be killed. */
import { getPriority, setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { privateFamily } from './font-names.mjs'
import { titleFont, valueFonts } from './fonts.mjs'
import { lighterSvg } from './lighter-svg/lighter-svg.mjs'
import { loadTypst } from './typst-engines.mjs'

/** As Unix counts: 19 is last of all. */
const LEAST_URGENT = 19
const LESS_URGENT = 5

const [folder, engine, parent] = process.argv.slice(2)

process.on('disconnect', () => process.exit())
watchParent()

const root = process.cwd()
const [values, title] = [valueFonts(root), titleFont(root)]
const typst = await loadTypst({
  root,
  folder,
  fonts: [...values, title].flatMap((font) => font.files),
  engine: engine || undefined,
})
const valueFamilies = values.map((font) => privateFamily(font.family))
const titleFamilies = [privateFamily(title.family), ...valueFamilies]

let isBehind = false

process.on('message', ({ page, form, main, files }) => {
  const answer = render(page, form, main, files)
  process.send({ rss: process.memoryUsage.rss(), ...answer })
  // Not before: on a busy machine it would take minutes to begin.
  if (!isBehind) goBehindTheWebServer()
})
process.send({ ready: typst.engine, rss: process.memoryUsage.rss() })

/** For whose answers everybody waits. Never above what it was given: that only some may. */
function goBehindTheWebServer() {
  isBehind = true
  setPriority(Math.min(LEAST_URGENT, getPriority() + LESS_URGENT))
}

/** `files`: other ones than before from now on; null = those of the folder again. */
function render(page, form, main, files) {
  const json = JSON.stringify({ ...page, valueFamilies, titleFamilies })
  try {
    if (files !== undefined) typst.use(files)
    if (form === 'picture') return { picture: pictureOf(typst.draw(json, main)) }
    return { pdf: new Uint8Array(typst.compile(json, main)) }
  } catch (error) {
    return { refused: error.message }
  }
}

/** Made light here: the web server's thread has other things to do. */
function pictureOf(drawn) {
  return drawn === null ? null : lighterSvg(drawn)
}

/**
 * While Typst hangs no event arrives here: a thread notices when the parent is gone. The parent says its own process id:
 * asked for here, it could be gone already and the answer somebody else's.
 */
function watchParent() {
  const watch = `const { workerData } = require('node:worker_threads')
    setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL') }, 500)`
  new Worker(watch, { eval: true, workerData: Number(parent) }).unref()
}
