/**
 * Scripts and styles, packed once when they are built instead of anew for every visit: beside each file the same with ".br"
 * (RFC 7932) and ".gz" (RFC 1952). The web server answers with them before Next hears of the request.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** By the path under which each is served: what Next built, and what the public pages are made of (public-pages.mjs). */
export const BUILT_FOLDERS = {
  '/_next/static/': join(root, process.env.NEXT_DIST_DIR || '.next', 'static'),
  '/parts/': join(root, '.build', 'public-pages', 'parts'),
}

/** Whose names change with their content: what a browser has it need not ask for again. */
const CACHING = 'public, max-age=31536000, immutable'
const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
}
/** 11, the most there is, takes six times as long for a twentieth less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
/** What is smallest comes first. */
const PACKINGS = [
  { encoding: 'br', ending: '.br', pack: (content) => promisify(brotliCompress)(content, BROTLI) },
  { encoding: 'gzip', ending: '.gz', pack: promisify(gzip) },
]

/**
 * Packs all scripts and styles of a folder and those below.
 * @param {string} folder
 * @returns {Promise<number>} how many files were packed
 */
export async function packFiles(folder) {
  const files = filesIn(folder).filter((file) => typeOf(file))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(join(folder, file))
      await Promise.all(
        PACKINGS.map(async ({ ending, pack }) => writeFile(join(folder, file + ending), await pack(content))),
      )
    }),
  )
  return files.length
}

/**
 * Answers requests for what packFiles packed, from memory.
 * @param {Record<string, string>} folders as BUILT_FOLDERS
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean}
 *   whether it answered: false for anything but GET and HEAD, other paths, and who takes neither packing
 */
export function packedFiles(folders) {
  const known = new Map(Object.entries(folders).flatMap(([under, folder]) => packedIn(under, folder)))
  return ({ method, url = '', headers }, response) => {
    const file = method === 'GET' || method === 'HEAD' ? known.get(url.split('?', 1)[0]) : undefined
    const taken = encodingsOf(headers['accept-encoding'])
    const packed = file?.packed.find(({ encoding }) => taken.has(encoding))
    if (!packed) return false
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': packed.encoding,
      'content-length': packed.content.length,
      'cache-control': CACHING,
      vary: 'Accept-Encoding',
    })
    response.end(method === 'HEAD' ? undefined : packed.content)
    return true
  }
}

function packedIn(under, folder) {
  return filesIn(folder)
    .filter((file) => typeOf(file) && PACKINGS.every(({ ending }) => existsSync(join(folder, file + ending))))
    .map((file) => {
      const packed = PACKINGS.map(({ encoding, ending }) => ({
        encoding,
        content: readFileSync(join(folder, file + ending)),
      }))
      return [under + file.split(sep).join('/'), { type: typeOf(file), packed }]
    })
}

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
}

function typeOf(file) {
  return TYPES[/\.\w+$/.exec(file)?.[0] ?? '']
}

/** Without those that are named with q=0 (RFC 9110, section 12.5.3). */
function encodingsOf(accepted = '') {
  const named = String(accepted)
    .split(',')
    .map((one) => one.trim().toLowerCase())
  return new Set(named.filter((one) => !/;\s*q=0(\.0*)?$/.test(one)).map((one) => one.split(';', 1)[0].trim()))
}
