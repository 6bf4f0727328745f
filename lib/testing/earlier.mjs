/** A version before this one: its sources from git, with the packages of this checkout, brought up by its own scripts. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../start/bundle.mjs'

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** The commit of that name; without one what is on the server, which counts as what runs somewhere. */
export function commitBefore(name) {
  return git('rev-parse', '--verify', name ?? landed())
}

function landed() {
  try {
    git('rev-parse', '--verify', 'origin/main')
    return 'origin/main'
  } catch {
    return 'HEAD~20'
  }
}

/** Puts the sources of the commit into a folder inside this checkout. @returns its modules, by file */
export function sourcesOf(commit, home, say) {
  mkdirSync(home, { recursive: true })
  const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 30 })
  execFileSync('tar', ['-x', '-C', home], { input: archive })
  const lock = (place) => readFileSync(join(place, 'package-lock.json'), 'utf8')
  if (lock(home) !== lock(root))
    say('Its packages are not those of this version: it runs with the ones installed here.')
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  return modulesOf(home)
}

/**
 * The version of a commit ready to run, pages included; made once, since that takes minutes.
 * @returns {Promise<{ home: string, worker: string, front: string, next: string }>} files of it
 */
export async function preparedVersion(commit, say) {
  const home = join(root, '.build', 'earlier', commit)
  const done = join(home, '.build', 'prepared')
  if (!existsSync(done)) {
    rmSync(home, { recursive: true, force: true })
    sourcesOf(commit, home, say)
  }
  const its = modulesOf(home)
  const { prepare, BUNDLES } = await its('lib/start/prepare.mjs')
  await prepare({ pages: true })
  mkdirSync(done, { recursive: true })
  return {
    home,
    worker: BUNDLES['lib/worker.ts'],
    front: pathToFileURL(join(home, 'lib/start/front.mjs')).href,
    next: join(home, 'node_modules/next/dist/bin/next'),
  }
}

function modulesOf(home) {
  return (file) => import(pathToFileURL(join(home, file)).href)
}
