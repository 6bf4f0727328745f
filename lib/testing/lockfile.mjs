/**
 * Completes package-lock.json: npm leaves out optional packages of other platforms that the registry at hand does not
 * carry, and `npm ci` then refuses the whole file, here and everywhere. Run it after `npm install`:
 * `node lib/testing/lockfile.mjs`.
 */
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../start/bundle.mjs'

const FILE = join(root, 'package-lock.json')
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/**
 * Optional packages that some package names and the lock file lacks.
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string> }> }} lock
 * @returns {{ name: string, version: string }[]}
 */
export function missingOptionals(lock) {
  const missing = new Map()
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isLocked(lock, path, name)) missing.set(name, { name, version })
    }
  }
  return [...missing.values()]
}

/** Node's own search: in the package's folder, then in each folder above it. */
function isLocked(lock, path, name) {
  for (let folder = path; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

/** What the registry would say of the package, read from its name; without a checksum, since nobody here has seen the file. */
function entryFor({ name, version }) {
  const words = name.split(/[-/]/)
  const system = words.find((word) => SYSTEMS.includes(word))
  const processor = words.find((word) => PROCESSORS.includes(word))
  if (!processor || !/^\d+\.\d+\.\d+/.test(version)) throw new Error(`Cannot tell the platform of ${name}@${version}.`)
  const libc = /musl/.test(name) ? ['musl'] : /gnu/.test(name) ? ['glibc'] : undefined
  return { version, cpu: [processor], ...(libc ? { libc } : {}), optional: true, ...(system ? { os: [system] } : {}) }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(FILE, 'utf8'))
  const missing = missingOptionals(lock)
  for (const one of missing) lock.packages[`node_modules/${one.name}`] = entryFor(one)
  const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
  console.log(missing.length === 0 ? 'Nothing was missing.' : missing.map(({ name }) => `added ${name}`).join('\n'))
}
