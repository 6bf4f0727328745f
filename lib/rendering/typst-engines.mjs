/** The two builds of Typst behind one function: the native one, and WebAssembly where there is no native one. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { giveFontPrivateName } from './font-names.mjs'

const PACKAGE = /["'`]@[a-z]/i
/** Typst's root in memory. No such folder exists, so a template reaches nothing but its own folder's files. */
const ROOT = process.platform === 'win32' ? 'C:\\errata-template' : '/errata-template'

/**
 * Loads an engine with a certificate type's folder and the given fonts; `use` gives it other files instead (null = the
 * folder's again).
 * `compile` takes the JSON of a page and the file that sets it, and gives the PDF; `draw` gives the pages one below the
 * other as SVG (null where the engine cannot draw); both throw CompileError with Typst's words.
 * @param {{ root: string, folder: string, fonts: string[], engine?: 'native' | 'wasm' }} options
 * @returns {Promise<{ engine: 'native' | 'wasm', use: (files: [string, Uint8Array][] | null) => void, compile: (json: string, main: string) => Uint8Array, draw: (json: string, main: string) => string | null }>}
 */
export async function loadTypst({ root, folder, fonts, engine }) {
  const files = templateFiles(folder)
  const blobs = fonts.map((path) => giveFontPrivateName(readFileSync(path)))
  if (engine !== 'wasm') {
    const native = loadNative(root, engine === 'native')
    if (native) return { engine: 'native', ...nativeCompiler(native, files, blobs) }
  }
  return { engine: 'wasm', ...(await wasmCompiler(root, files, blobs)), draw: () => null }
}

/** What Typst refuses in a template or its data; `message` is for our eyes and may quote the data. */
export class CompileError extends Error {}

function nativeCompiler({ NodeCompiler }, files, fontBlobs) {
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs }] })
  const take = inTurn(
    files,
    (name, content) => compiler.mapShadow(join(ROOT, name), content),
    (name) => compiler.unmapShadow(join(ROOT, name)),
  )
  const layOut = (json, main, finish) => {
    try {
      const compiled = compiler.compile({ mainFilePath: join(ROOT, main), inputs: { page: json } })
      if (!compiled.result) throw new CompileError(wordsOf(compiled.takeDiagnostics()?.shortDiagnostics ?? []))
      return finish(compiled.result)
    } finally {
      compiler.evictCache(10)
    }
  }
  return {
    use: take,
    compile: (json, main) => layOut(json, main, (document) => exportPdf(compiler, document)),
    draw: (json, main) => layOut(json, main, (document) => compiler.plainSvg(document)),
  }
}

function exportPdf(compiler, document) {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1' })
  } catch (error) {
    throw new CompileError(messagesIn(error.message))
  }
}

/** The export's errors come as Rust's debug print: the messages in it, without their escapes. */
function messagesIn(print) {
  const found = [...print.matchAll(/message: "((?:[^"\\]|\\.)*)"/gsu)]
  return found.map(([, message]) => message.replace(/\\(["\\])/g, '$1')).join('; ') || print
}

async function wasmCompiler(root, files, fontBlobs) {
  const folder = join(root, 'node_modules', '@myriaddreamin', 'typst-ts-web-compiler', 'pkg')
  const typst = await import(pathToFileURL(join(folder, 'wasm-pack-shim.mjs')).href)
  await typst.default({ module_or_path: readFileSync(join(folder, 'typst_ts_web_compiler_bg.wasm')) })
  const resolver = new typst.TypstFontResolverBuilder()
  for (const blob of fontBlobs) resolver.add_raw_font(blob)
  const builder = new typst.TypstCompilerBuilder()
  builder.set_dummy_access_model()
  const compiler = await builder.build()
  compiler.set_fonts(await resolver.build())
  const take = inTurn(
    files,
    (name, content) => compiler.map_shadow(`/${name}`, content),
    (name) => compiler.unmap_shadow(`/${name}`),
  )
  const compile = (json, main) => {
    const { result, diagnostics } = compiler.compile(`/${main}`, [['page', json]], 'pdf', 3)
    compiler.reset()
    if (!result) throw new CompileError(wordsOf(diagnostics ?? []))
    return result
  }
  return { use: take, compile }
}

/** Takes one set of files out before the next comes in: a template reaches its own files only. */
function inTurn(folder, add, remove) {
  let present = []
  const take = (files) => {
    const next = (files ?? folder).map(([name, content]) => [name, Buffer.from(content)])
    refuseImports(next)
    for (const [name] of present) remove(name)
    present = next
    for (const [name, content] of present) add(name, content)
  }
  take(null)
  return take
}

function loadNative(root, required) {
  try {
    return createRequire(join(root, 'package.json'))('@myriaddreamin/typst-ts-node-compiler')
  } catch (error) {
    if (required) throw error
    return null
  }
}

/** Regular files only: a symbolic link could point anywhere. */
function templateFiles(folder) {
  const names = readdirSync(folder).filter((name) => lstatSync(join(folder, name)).isFile())
  return names.map((name) => [name, readFileSync(join(folder, name))])
}

function refuseImports(files) {
  const importing = files.find(([name, content]) => name.endsWith('.typ') && PACKAGE.test(content.toString('utf8')))
  if (importing) throw new Error(`${importing[0]}: packages cannot be imported by a certificate`)
}

function wordsOf(diagnostics) {
  return diagnostics.map((diagnostic) => diagnostic.message).join('; ')
}
