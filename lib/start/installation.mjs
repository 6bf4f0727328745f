/** One running installation: the order in which its parts come up, what happens when one dies, and the way down. */
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeWhole } from '../embedded/whole-file.mjs'
import { root } from './bundle.mjs'
import { endLeftovers, startChild } from './children.mjs'
import { isDiskFull } from './disk-space.mjs'
import { firstAccess } from './first-access.mjs'
import { requireSameSecret, requireSharedSettings } from './in-common.mjs'
import { keepDatabase, keepProgram } from './keep-running.mjs'
import { requireFreePort } from './port.mjs'
import { BUNDLES, prepare } from './prepare.mjs'
import { say, saySum, step } from './progress.mjs'
import { watchPublicPages } from './public-pages.mjs'
import { interruptRuns, run } from './run.mjs'
import { childEnvironment, secretFile, withoutPrivateKeys } from './settings.mjs'

const READY_WITHIN_MS = 120_000
/** Longer than proxies and clients keep a connection: who closes first must not be the one that is written to. Next's own 5 s resets requests. */
const KEEP_ALIVE_MS = '75000'
const NOTHING_SHOWN = { operator: null, apiToken: null, shown() {} }
/** Refuses what Next would answer with 500. */
const FRONT = pathToFileURL(join(root, 'lib', 'start', 'front.mjs')).href

/**
 * @param {ReturnType<typeof import('./settings.mjs').startSettings>} settings
 * @param {'production' | 'development'} mode
 * @param {(reason: string) => void} giveUp called when a part is lost without which there is no service
 */
export function installation(settings, mode, giveUp) {
  let stopping = false
  let opening = null // the database on its way up: a stop waits for it, or it would stay behind
  const parts = {} // name -> the child that runs, or ran last
  const isStopping = () => stopping
  const has = (role) => settings.roles.includes(role)
  const isRelayAlone = String(settings.roles) === 'relay'
  const folders = [settings.dataDir] // all that a backup has to hold

  return { start, stop }

  async function start() {
    const began = Date.now()
    requireSharedSettings(settings, process.env)
    const left = await endLeftovers(settings.dataDir)
    if (left.length > 0) say(`Ended what an earlier start had left running: ${left.join(', ')}`)
    await requireFreePort(settings.host, settings.readyPort)
    await prepare({ pages: mode === 'production' && has('web') })
    if (mode === 'development' && has('web')) await step('Building the public pages', watchPublicPages)
    await requireRightSettings()
    if (stopping) return
    const url = settings.externalDatabase ?? (await step('Starting the database', startOwnDatabase))
    const { applyMigrations, productRole } = await import('../migrate.mjs')
    await step('Migrating the database', () => applyMigrations(url, undefined, say))
    const workerEnv = childEnvironment(settings, url, mode, await productRole(url))
    if (settings.externalDatabase && !isRelayAlone) {
      await requireSameSecret(url, {
        given: process.env.NEXTAUTH_SECRET,
        used: workerEnv.NEXTAUTH_SECRET,
        file: secretFile(settings.dataDir),
      })
    }
    // Who signs nothing gets nothing to sign with: the web server, the seed, the first accounts.
    const env = withoutPrivateKeys(workerEnv)
    const access = has('web') ? await firstAccess(settings, env) : NOTHING_SHOWN
    if (stopping) return
    if (has('worker')) keepProgramRunning(workerEnv)
    else if (has('relay')) keepProgramRunning(env)
    if (has('worker')) await seedOnce(env)
    if (stopping) return
    if (has('web')) keepWebRunning(env)
    await step('Waiting until everything is ready', waitUntilReady)
    if (stopping) return
    announce(access, began)
    access.shown()
  }

  async function stop() {
    stopping = true
    interruptRuns()
    await parts.web?.stop(settings.drainSeconds * 1000)
    await parts.worker?.stop()
    await (await opening?.catch(() => null))?.stop()
  }

  /** The programs would each refuse a wrong setting, again and again: it ends the start, by its name, before anything runs. */
  async function requireRightSettings() {
    const { readConfig } = await import(pathToFileURL(BUNDLES['lib/config.ts']).href)
    const url = settings.externalDatabase ?? 'postgresql://localhost/own' // which is not up yet
    const env = childEnvironment(settings, url, mode, null)
    readConfig(has('worker') ? env : withoutPrivateKeys(env))
  }

  async function startOwnDatabase() {
    const { startDatabase } = await import('../embedded/postgres.mjs')
    const open = () => (opening = startDatabase({ dataDir: settings.dataDir, log: say }))
    const database = await open()
    if (database.adopted) say('  It was still running; every row is where it was')
    if (database.home !== realpathSync(settings.dataDir)) {
      say(`  Its user cannot enter ${settings.dataDir}: it is in ${database.home}`)
      folders.push(database.home)
    }
    keepDatabase({ database, open, isFull: () => isDiskFull(database.home), isStopping, giveUp })
    return database.url
  }

  /** The worker, the relay or both in one. Beside a web server it is tried for ever: what is accepted waits for it. */
  function keepProgramRunning(env) {
    const start = (onEnd) => startPart('worker', { args: [BUNDLES['lib/worker.ts']], env, onEnd })
    const alone = has('web') ? {} : { giveUp: (reason) => giveUp(`${reason}${logOf('worker')}`) }
    keepProgram({ called: has('worker') ? 'The worker' : 'The relay', start, isStopping, ...alone })
  }

  function keepWebRunning(env) {
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
    const where = ['-H', settings.host, '-p', String(settings.port)]
    const args =
      mode === 'production'
        ? ['--import', FRONT, next, 'start', '--keepAliveTimeout', KEEP_ALIVE_MS, ...where]
        : [next, 'dev', ...where]
    const start = (onEnd) => startPart('web', { args, env, onEnd })
    keepProgram({ called: 'The web server', start, isStopping, giveUp: (reason) => giveUp(`${reason}${logOf('web')}`) })
  }

  function logOf(name) {
    return process.stdout.isTTY ? ` See ${join(settings.dataDir, 'logs', `${name}.log`)}.` : ''
  }

  function startPart(name, options) {
    parts[name] = startChild({ name, dataDir: settings.dataDir, ...options })
  }

  /** The example data goes through the pipeline like everything else, so the worker has to run by now. */
  async function seedOnce(env) {
    const done = join(settings.dataDir, 'seeded')
    if (!settings.seed || existsSync(done)) return
    await step('Issuing example certificates', () =>
      run('Seeding', process.execPath, [BUNDLES['prisma/seed.ts']], { env }),
    )
    writeWhole(done, '')
  }

  async function waitUntilReady() {
    const host = ['0.0.0.0', '::', ''].includes(settings.host) ? '127.0.0.1' : settings.host
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.readyPort}/readyz`
    const until = Date.now() + READY_WITHIN_MS
    let last = 'no answer'
    while (!stopping) {
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
        if (answer.status === 200) return
        last = `${answer.status} ${(await answer.text()).slice(0, 500)}`
      } catch (error) {
        last = error.cause?.message ?? error.message // not listening yet
      }
      if (Date.now() > until) throw new Error(`Not ready after ${READY_WITHIN_MS / 1000} s. ${url} says: ${last}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  function announce({ operator, apiToken }, began) {
    saySum('Errata is ready', began)
    if (has('web')) say(`  Address     ${settings.address}`)
    if (!settings.isWhole) say(`  Runs        ${settings.roles.join(', ')}`)
    if (operator) say(`  Sign in     ${operator.username}   password ${operator.password}`)
    if (apiToken) say(`  API token   ${apiToken}`)
    if (operator || apiToken) say('\n  Write these down: they are not shown again.')
    say(`  Data is in ${folders.join(' and ')}. Stop with Ctrl+C.\n`)
  }
}
