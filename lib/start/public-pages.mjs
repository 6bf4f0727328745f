/**
 * Builds the pages that anybody opens (/verify, /c/…) apart from Next, whose own part in the browser is larger than they
 * are: the program that draws them on the server, and the files that browsers load for them (components/public-pages).
 */
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { root } from './bundle.mjs'
import { hintScript } from './compile-hints.mjs'
import { writeWhole } from '../embedded/whole-file.mjs'

const source = (page) => `components/public-pages/${page}.ts`
const PAGES = ['verify', 'holder', 'confirm']
const DRAWING = 'components/public-pages/document.tsx'
const STYLES = 'components/theme.css'
/** As in app/(public)/built.ts. */
const ADDRESS = '/parts'
/** What headings and texts of every page are set in, whatever its language: it is asked for before the styles have come. */
const FONTS = /^(inter|source-serif-4)-latin-wght-normal-\w+\.woff2$/
/** Those that Next builds for: its own list, of which esbuild knows the versions. */
const BROWSERS = { chrome: 111, edge: 111, firefox: 111, safari: 16.4 }

const folderFor = (mode) => join(root, '.build', mode === 'production' ? 'public-pages' : `public-pages-${mode}`)

/** What the web server reads about them first; there once they are complete. */
export const PUBLIC_PAGES = join(folderFor('production'), 'built.json')

/** Builds them for people. */
export async function buildPublicPages() {
  const { build } = await import('esbuild') // not before npm ci
  rmSync(folderFor('production'), { recursive: true, force: true })
  const [browser, server] = await Promise.all(builds('production').map(build))
  for (const page of PAGES) {
    for (const script of neededAtOnce(builtFrom(source(page), browser.metafile), browser.metafile)) {
      hintScript(join(folderFor('production'), 'parts', script))
    }
  }
  noteDown('production', browser, server)
}

/** Builds them for whoever works on them, and again after each change, for as long as this process lives. */
export async function watchPublicPages() {
  const { context } = await import('esbuild')
  rmSync(folderFor('development'), { recursive: true, force: true })
  const results = []
  const contexts = await Promise.all(
    builds('development').map((options, at) => {
      const noting = {
        name: 'noting',
        setup({ onEnd }) {
          onEnd((result) => {
            if (result.errors.length > 0) return
            results[at] = result
            if (results[0] && results[1]) noteDown('development', ...results)
          })
        },
      }
      return context({ ...options, plugins: [...options.plugins, noting] })
    }),
  )
  for (const one of contexts) {
    await one.rebuild()
    await one.watch()
  }
}

/** @returns {import('esbuild').BuildOptions[]} what browsers load, then what draws on the server */
function builds(mode) {
  const folder = folderFor(mode)
  const both = {
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    alias: { '@': root },
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    minify: mode === 'production',
    logLevel: 'warning',
    assetNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    entryNames: '[name]-[hash]',
  }
  return [
    {
      ...both,
      entryPoints: [...PAGES.map(source), STYLES],
      outdir: join(folder, 'parts'),
      publicPath: ADDRESS,
      target: Object.entries(BROWSERS).map(([name, version]) => `${name}${version}`),
      loader: { '.woff': 'file', '.woff2': 'file' },
      plugins: [addresses, styles],
    },
    {
      ...both,
      entryPoints: [DRAWING],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      platform: 'node',
      target: 'node20',
      plugins: [],
    },
  ]
}

/** Addresses of files of packages, said as `new URL('package/file', import.meta.url)`: esbuild leaves them alone. */
const addresses = {
  name: 'addresses',
  setup({ onLoad, onResolve }) {
    const { resolve } = createRequire(join(root, 'package.json'))
    onLoad({ filter: /components[\\/]scan[\\/].*\.tsx?$/ }, ({ path }) => {
      const imports = []
      const text = readFileSync(path, 'utf8').replace(/new URL\('([^']+)', import\.meta\.url\)\.href/g, (_, file) => {
        imports.push(`import file${imports.length} from 'address:${file}'`)
        return `file${imports.length - 1}`
      })
      return { contents: [text, ...imports].join('\n'), loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
    onResolve({ filter: /^address:/ }, ({ path }) => ({
      path: resolve(path.slice('address:'.length)),
      namespace: 'address',
    }))
    onLoad({ filter: /./, namespace: 'address' }, ({ path }) => ({ contents: readFileSync(path), loader: 'file' }))
  },
}

/** Our styles, put through what Next puts them through (.postcssrc.json, then Lightning CSS for the same browsers). */
const styles = {
  name: 'styles',
  setup({ onLoad }) {
    onLoad({ filter: /theme\.css$/ }, async ({ path }) => {
      const [{ default: postcss }, { default: tailwind }, { transform }] = await Promise.all([
        import('postcss'),
        import('@tailwindcss/postcss'),
        import('lightningcss'),
      ])
      const { css } = await postcss([tailwind({ optimize: false })]).process(readFileSync(path, 'utf8'), { from: path })
      const targets = Object.fromEntries(
        Object.entries(BROWSERS).map(([name, version]) => {
          const [major, minor = 0] = String(version).split('.').map(Number)
          return [name, (major << 16) | (minor << 8)]
        }),
      )
      const { code } = transform({ filename: path, code: Buffer.from(css), targets })
      return { contents: code, loader: 'css', resolveDir: dirname(path) }
    })
  },
}

/** Tells the web server the names of what was built; last, so that it never names what is not there. */
function noteDown(mode, { metafile: browser }, { metafile: server }) {
  const parts = Object.keys(browser.outputs).map((path) => basename(path))
  const names = {
    drawing: basename(builtFrom(DRAWING, server)),
    scripts: Object.fromEntries(PAGES.map((page) => [page, neededAtOnce(builtFrom(source(page), browser), browser)])),
    styles: [basename(builtFrom(STYLES, browser))],
    fonts: parts.filter((name) => FONTS.test(name)),
    parts,
  }
  // In a container it is read by another user than the one that built.
  writeWhole(join(folderFor(mode), 'built.json'), JSON.stringify(names), 0o644)
}

function builtFrom(entry, { outputs }) {
  return Object.keys(outputs).find((path) => outputs[path].entryPoint === entry)
}

/** The names of a script and of all that it cannot run without. */
function neededAtOnce(script, { outputs }) {
  const needed = new Set([script])
  for (const one of needed) {
    for (const { path, kind } of outputs[one].imports) if (kind === 'import-statement') needed.add(path)
  }
  return [...needed].map((path) => basename(path))
}
