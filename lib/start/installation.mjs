/** One running installation: the order in which its parts come up, what happens when one dies, and the way down. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../embedded/whole-file.mjs'
import { root } from './bundle.mjs'
import { endLeftovers, startChild } from './children.mjs'
import { firstAccess } from './first-access.mjs'
import { requireFreePort } from './port.mjs'
import { BUNDLES, prepare } from './prepare.mjs'
import { say, step } from './progress.mjs'
import { interruptRuns, run } from './run.mjs'
import { childEnvironment } from './settings.mjs'

const LONGEST_DELAY_MS = 30_000
const READY_WITHIN_MS = 120_000
/** A program that ran this long had a reason of its own to die: the delay starts small again. */
const SETTLED_MS = 60_000

/**
 * @param {ReturnType<typeof import('./settings.mjs').startSettings>} settings
 * @param {'production' | 'development'} mode
 * @param {(reason: string) => void} giveUp called when a part is lost without which there is no service
 */
export function installation(settings, mode, giveUp) {
  let stopping = false
  let opening = null // the database on its way up: a stop waits for it, or it would stay behind
  let database = null
  const parts = {} // name -> the running child

  return { start, stop }

  async function start() {
    const began = Date.now()
    const left = await endLeftovers(settings.dataDir)
    if (left.length > 0) say(`Ended what an earlier start had left running: ${left.join(', ')}`)
    await requireFreePort(settings.host, settings.port)
    await prepare({ pages: mode === 'production' })
    if (stopping) return
    const url = settings.externalDatabase ?? (await step('Starting the database', startOwnDatabase))
    const { applyMigrations } = await import('../migrate.mjs')
    await step('Migrating the database', () => applyMigrations(url))
    const env = childEnvironment(settings, url, mode)
    const access = await firstAccess(settings, env)
    if (stopping) return
    keepWorkerRunning(env)
    await seedOnce(env)
    if (stopping) return
    startWeb(env)
    await step('Waiting until everything is ready', waitUntilReady)
    if (stopping) return
    announce(access, began)
    access.shown()
  }

  async function stop() {
    stopping = true
    interruptRuns()
    await parts.web?.stop()
    await parts.worker?.stop()
    await (await opening?.catch(() => null))?.stop()
  }

  async function startOwnDatabase() {
    const { startDatabase } = await import('../embedded/postgres.mjs')
    const open = () => (opening = startDatabase({ dataDir: settings.dataDir, log: say }))
    database = await open()
    if (database.adopted) say('  It was still running; every row is where it was')
    watchDatabase(open)
    return database.url
  }

  function watchDatabase(open) {
    const url = database.url
    let delay = 1000
    const watch = setInterval(async () => {
      if (stopping || database.isAlive()) return
      clearInterval(watch)
      say(`The database ended unexpectedly; starting it again in ${delay / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, delay))
      if (stopping) return
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      database = await open()
      if (database.url !== url)
        return giveUp('The database came back at another address; everything has to start again.')
      watchDatabase(open)
    }, 1000)
    watch.unref()
  }

  function keepWorkerRunning(env, delay = 1000) {
    const began = Date.now()
    parts.worker = startChild({
      name: 'worker',
      dataDir: settings.dataDir,
      args: [BUNDLES['lib/worker.ts']],
      env,
      onEnd: (how) => {
        if (stopping) return
        const wait = Date.now() - began > SETTLED_MS ? 1000 : delay
        say(`The worker ended unexpectedly (${how}); starting it again in ${wait / 1000} s`)
        setTimeout(() => stopping || keepWorkerRunning(env, Math.min(wait * 2, LONGEST_DELAY_MS)), wait)
      },
    })
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

  function startWeb(env) {
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
    parts.web = startChild({
      name: 'web',
      dataDir: settings.dataDir,
      args: [next, mode === 'production' ? 'start' : 'dev', '-H', settings.host, '-p', String(settings.port)],
      env: withoutPrivateKey(env),
      onEnd: (how) => {
        if (!stopping)
          giveUp(
            `The web server ended unexpectedly (${how}).${process.stdout.isTTY ? ` See ${join(settings.dataDir, 'logs', 'web.log')}.` : ''}`,
          )
      },
    })
  }

  async function waitUntilReady() {
    const host = ['0.0.0.0', '::', ''].includes(settings.host) ? '127.0.0.1' : settings.host
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}/readyz`
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
    say(`\nErrata is ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`)
    say(`  Address     ${settings.address}`)
    if (operator) say(`  Sign in     ${operator.username}   password ${operator.password}`)
    if (apiToken) say(`  API token   ${apiToken}`)
    if (operator || apiToken) say('\n  Write these down: they are not shown again.')
    say(`  Data is in ${settings.dataDir}. Stop with Ctrl+C.\n`)
  }
}

/** The web server checks signatures and never makes one: with both halves given, it gets only the public one. */
function withoutPrivateKey(env) {
  return env.CERTIFICATE_PUBLIC_KEY ? { ...env, CERTIFICATE_PRIVATE_KEY: undefined } : env
}
