/**
 * `npm run rolling -- [--before COMMIT] [--seconds 30]`: a rolling update, really done. The version before (its sources from
 * git, its own worker) accepts and issues on a new database; then the schema is brought to this version under it, this
 * version accepts and issues beside it, and the version before is stopped. Ends with 1 when anything was lost, issued twice
 * or half done, or when a program of either version ended by itself.
 */
import { fork } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDatabase } from '../embedded/postgres.mjs'
import { applyMigrations } from '../migrate.mjs'
import { bundleEntry, endBundling, root } from '../start/bundle.mjs'
import { generateClient } from '../start/prepare.mjs'
import { commitBefore, sourcesOf } from './earlier.mjs'

const text = { type: 'string' }
const { values } = parseArgs({ options: { before: text, seconds: text } })
const seconds = Number(values.seconds ?? 30)
const folder = join(root, '.build', 'rolling')

const commit = commitBefore(values.before)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const dataDir = mkdtempSync(join(tmpdir(), 'errata-rolling-'))
chmodSync(dataDir, 0o755) // the database's user works in there
const before = await versionBefore(commit)
const now = await thisVersion()
const database = await startDatabase({ dataDir, log: say })
const children = new Set()
const ended = []
let failed = true
try {
  failed = !(await update())
} finally {
  for (const child of children) child.kill('SIGKILL')
  await database.stop()
  await endBundling()
  for (const made of [folder, dataDir]) rmSync(made, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function update() {
  const third = (seconds * 1000) / 3
  await before.applyMigrations(database.url)
  const old = [start('worker before', before.worker), start('worker before', before.worker)]
  const oldAccepts = await accepting('before', before.accept)
  await pause(third)
  const applied = await applyMigrations(database.url)
  say(`${applied.length} migrations under the version before: ${applied.join(', ') || 'none'}`)
  const fresh = [start('worker now', now.worker), start('worker now', now.worker)]
  // One of them is started anew in the middle of it, as a machine that goes down would have it.
  old.push(start('worker before, again', before.worker))
  const newAccepts = await accepting('now', now.accept)
  await pause(third)
  const ofBefore = await stopAccepting(oldAccepts)
  for (const child of old) await stop(child)
  await pause(third)
  const ofNow = await stopAccepting(newAccepts)
  const found = await check([...ofBefore.acknowledged, ...ofNow.acknowledged])
  for (const child of fresh) await stop(child)

  say(`before ${commit.slice(0, 7)}: ${ofBefore.acknowledged.length} accepted, not ${JSON.stringify(ofBefore.refused)}`)
  say(`now: ${ofNow.acknowledged.length} accepted, not ${JSON.stringify(ofNow.refused)}`)
  say(JSON.stringify(found, null, 2))
  for (const one of ended) say(`ended by itself: ${one}`)
  const unexpected = [ofBefore, ofNow].flatMap(({ refused }) =>
    Object.keys(refused).filter((code) => code !== 'REGISTRY_UNAVAILABLE'),
  )
  const worked = ofBefore.acknowledged.length > 0 && ofNow.acknowledged.length > 0
  const whole = Object.values(found).every((count) => count === 0)
  const good = worked && whole && ended.length === 0 && unexpected.length === 0
  say(good ? 'Nothing was lost, issued twice or half done.' : 'NOT GOOD')
  return good
}

/** Its sources, bundled by its own scripts, with the packages of this checkout. */
async function versionBefore(commit) {
  const home = join(folder, 'before')
  const its = sourcesOf(commit, home, say)
  await (await its('lib/start/prepare.mjs')).generateClient()
  mkdirSync(join(home, 'lib/testing/rolling'), { recursive: true })
  copyFileSync(join(root, 'lib/testing/rolling/accept.ts'), join(home, 'lib/testing/rolling/accept.ts'))
  const { bundleEntry } = await its('lib/start/bundle.mjs')
  const bundled = await bundles(home, bundleEntry, { worker: 'lib/worker.ts', accept: 'lib/testing/rolling/accept.ts' })
  return { ...bundled, home, applyMigrations: (await its('lib/migrate.mjs')).applyMigrations }
}

async function thisVersion() {
  if (!existsSync(join(root, 'lib/generated/prisma'))) await generateClient()
  const entries = {
    worker: 'lib/worker.ts',
    accept: 'lib/testing/rolling/accept.ts',
    check: 'lib/testing/rolling/check.ts',
  }
  return { ...(await bundles(root, bundleEntry, entries)), home: root }
}

async function bundles(home, bundleEntry, entries) {
  const made = {}
  for (const [name, entry] of Object.entries(entries)) {
    const outfile = join(home, '.build', `rolling-${name}.mjs`)
    await bundleEntry(entry, outfile)
    made[name] = { file: outfile, home }
  }
  return made
}

function environment() {
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    SIGNING_KEY_TYPE: 'ED25519',
    NEXTAUTH_SECRET: 'only for a trial of an update',
    LOG_LEVEL: 'error',
  }
}

function start(name, { file, home }, ...args) {
  const child = fork(file, args, { cwd: home, env: environment(), stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
  children.add(child)
  child.once('exit', (code, signal) => {
    if (children.delete(child)) ended.push(`${name} (${code ?? signal})`)
  })
  return child
}

async function accepting(label, bundle) {
  const child = start(`accepting ${label}`, bundle, label)
  await said(child, (message) => message === 'accepts')
  return child
}

async function stopAccepting(child) {
  const account = said(child, (message) => Array.isArray(message.acknowledged))
  children.delete(child)
  child.send('stop')
  return account
}

async function stop(child) {
  children.delete(child)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  // The wire to us would keep it alive.
  child.disconnect()
  await gone
}

async function check(ids) {
  const child = start('check', now.check)
  children.delete(child)
  child.stdin.end(JSON.stringify(ids))
  let answer = ''
  child.stdout.on('data', (chunk) => (answer += chunk))
  await new Promise((resolve) => child.once('close', resolve))
  return JSON.parse(answer)
}

function said(child, wanted) {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => wanted(message) && resolve(message))
    child.once('exit', (code) => reject(new Error(`A program ended (${code}) before it said what was waited for.`)))
  })
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function say(line) {
  console.log(line)
}
