/** Gets the checkout ready to run: packages, generated database client, bundles, pages. Does only what changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForLock } from '../embedded/lock.mjs'
import { bundleEntry, endBundling, root } from './bundle.mjs'
import { hintPages } from './compile-hints.mjs'
import { holdsPackages } from './installed-packages.mjs'
import { BUILT_FOLDERS, packFiles } from './packed-files.mjs'
import { say, step } from './progress.mjs'
import { buildPublicPages, PUBLIC_PAGES } from './public-pages.mjs'
import { run } from './run.mjs'
import { sourcesFingerprint } from './sources.mjs'

/** The programs that run beside the web server and what reads the settings, and where their bundles stand. */
export const BUNDLES = {
  'lib/config.ts': join(root, '.build', 'config.mjs'),
  'lib/worker.ts': join(root, '.build', 'worker.mjs'),
  'prisma/seed.ts': join(root, '.build', 'seed.mjs'),
  'lib/auth/bootstrap.ts': join(root, '.build', 'bootstrap.mjs'),
}

const LOCK_FILE = join(root, 'package-lock.json')
const INSTALL_STAMP = join(root, 'node_modules', '.errata-installed')
const INSTALL_NOTE = join(root, 'node_modules', '.package-lock.json')
const BUNDLE_STAMP = join(root, '.build', 'stamp')
const PAGES = join(root, process.env.NEXT_DIST_DIR || '.next')
const PAGES_STAMP = join(PAGES, 'errata-stamp')

/** Another start may be building in the same checkout, on a slow machine. */
const PATIENCE_MS = 20 * 60_000

/**
 * Installs and builds what is missing or changed; with nothing to do it only reads the sources.
 * @param {{ pages: boolean }} want `pages: false` leaves out the pages (development, tests)
 */
export async function prepare({ pages }) {
  if (isInstalled() && isBundled() && (!pages || hasPages())) return
  const lock = await waitForLock(join(root, '.build', 'lock'), PATIENCE_MS)
  try {
    if (!isInstalled()) await step('Installing packages', install)
    if (!isBundled()) await step('Building worker and database client', buildPrograms)
    if (pages && !hasPages()) await step('Building pages', buildPages)
  } finally {
    lock.release()
  }
}

/** Installs the packages of package-lock.json. */
async function install() {
  // "include": a machine with NODE_ENV=production would leave out what the build needs.
  const how = ['--include=dev', '--include=optional', '--no-audit', '--no-fund']
  try {
    await npm(['ci', ...how])
  } catch (error) {
    if (!error.message.includes('EUSAGE')) throw error
    // Some versions of npm find a lock file incomplete that others wrote. Versions are exact in package.json.
    say('  npm ci finds package-lock.json incomplete: npm install takes the rest from package.json')
    await npm(['install', '--no-save', ...how])
  }
  writeFileSync(INSTALL_STAMP, installFingerprint())
}

async function npm(args) {
  // Run by npm, we know the very npm (its program and its Node); alone, the one on the PATH has to do.
  const program = process.env.npm_execpath
  if (program) await run(`npm ${args[0]}`, process.execPath, [program, ...args])
  else await run(`npm ${args[0]}`, 'npm', args, { shell: process.platform === 'win32' })
}

/** Generates the database client. Also what type checks and tests need. */
export async function generateClient() {
  await run(
    'prisma generate',
    process.execPath,
    [
      join(root, 'node_modules', 'prisma', 'build', 'index.js'),
      ...['generate', '--config', join(root, '.config', 'prisma.config.ts')],
    ],
    {
      env: {
        // Prisma would download its schema engine, which generating does not use: any file in its place will do.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  )
}

async function buildPrograms() {
  const fingerprint = sourcesFingerprint()
  rmSync(BUNDLE_STAMP, { force: true })
  await generateClient()
  for (const [entry, outfile] of Object.entries(BUNDLES)) await bundleEntry(entry, outfile)
  await endBundling()
  writeFileSync(BUNDLE_STAMP, fingerprint)
}

async function buildPages() {
  const fingerprint = sourcesFingerprint()
  rmSync(PAGES_STAMP, { force: true })
  await run('next build', process.execPath, [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  hintPages(PAGES)
  await buildPublicPages()
  await Promise.all(Object.values(BUILT_FOLDERS).map(packFiles))
  await endBundling()
  mkdirSync(PAGES, { recursive: true })
  writeFileSync(PAGES_STAMP, fingerprint)
}

/** Without our stamp npm's own note decides: what somebody installed by hand is not taken away to be installed again. */
function isInstalled() {
  if (existsSync(INSTALL_STAMP) && readFileSync(INSTALL_STAMP, 'utf8') === installFingerprint()) return true
  if (!existsSync(INSTALL_NOTE)) return false
  const [lock, installed] = [LOCK_FILE, INSTALL_NOTE].map((file) => JSON.parse(readFileSync(file, 'utf8')))
  if (!holdsPackages(lock, installed, { os: process.platform, cpu: process.arch })) return false
  writeFileSync(INSTALL_STAMP, installFingerprint())
  return true
}

function isBundled() {
  const complete =
    Object.values(BUNDLES).every((file) => existsSync(file)) && existsSync(join(root, 'lib', 'generated', 'prisma'))
  return complete && stampIs(BUNDLE_STAMP)
}

function hasPages() {
  return existsSync(PUBLIC_PAGES) && stampIs(PAGES_STAMP)
}

function stampIs(file) {
  return existsSync(file) && readFileSync(file, 'utf8') === sourcesFingerprint()
}

/** Packages with native parts are chosen by platform: a checkout carried to another machine installs anew. */
function installFingerprint() {
  return createHash('sha256')
    .update(readFileSync(LOCK_FILE))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await prepare({ pages: true })
