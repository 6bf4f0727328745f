/**
 * `CONFORMANCE_SUITES=<folder> npm run conformance`: runs the W3C's test suites that are checked out and installed in that
 * folder against a product started for it alone, prints what each says at its end and a table of the scores.
 * Exit code 0: all ran, nothing failed; 1: something failed; 2: not all of them were there.
 * CONFORMANCE_ADDRESS and CONFORMANCE_TOKEN use a product that runs already.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from '../start/bundle.mjs'
import { say, step } from '../start/progress.mjs'
import { openDoor } from './conformance/door.mjs'
import { configText, exitCodeOf, obstacleTo, runSuite, SUITES, tableOf } from './conformance/suites.mjs'

const PATIENCE_MS = 10 * 60 * 1000

const folder = process.env.CONFORMANCE_SUITES ? resolve(process.env.CONFORMANCE_SUITES) : null
const found = SUITES.map((suite) => {
  const at = folder && join(folder, suite.folder)
  return { suite, at, obstacle: at ? obstacleTo(suite, at) : `absent: git clone ${suite.repository}` }
})
if (!folder) say('Set CONFORMANCE_SUITES to a folder with checkouts of the suites, each with its packages installed.')

const rows = []
if (found.some(({ obstacle }) => obstacle === null)) {
  const product = await step('Starting a product for the suites', startProduct)
  const door = await openDoor(product.address, product.token)
  try {
    const did = await didKeyOf(product.address)
    for (const { suite, at, obstacle } of found) {
      if (obstacle !== null) {
        rows.push({ title: suite.title, result: { obstacle } })
        continue
      }
      const report = join(root, '.build', 'conformance', `${suite.folder}.txt`)
      const { score, closing } = await runSuite(at, configText(suite, { door: door.address, did }), report)
      say(`\n${suite.title} (${report}):\n${closing}\n`)
      rows.push({ title: suite.title, result: { score } })
    }
  } finally {
    await door.close()
    await product.stop()
  }
} else {
  for (const { suite, obstacle } of found) rows.push({ title: suite.title, result: { obstacle } })
}
say(tableOf(rows))
process.exit(exitCodeOf(rows.map(({ result }) => result)))

/** The present key as did:key, under which what it signs verifies without asking us. */
async function didKeyOf(address) {
  const document = await (await fetch(`${address}/.well-known/did.json`)).json()
  const key = document.verificationMethod.find(({ type }) => type === 'Multikey')
  return `did:key:${key.publicKeyMultibase}`
}

/** As a person would start it, with a database and keys of its own, all gone afterwards. */
async function startProduct() {
  const running = process.env.CONFORMANCE_ADDRESS
  if (running) return { address: running, token: process.env.CONFORMANCE_TOKEN ?? '', stop: async () => {} }
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-conformance-'))
  // The database may run as another user, who has to reach its folder.
  chmodSync(dataDir, 0o755)
  const port = await freePort()
  const address = `http://localhost:${port}`
  const token = randomBytes(24).toString('base64url')
  const child = spawn(process.execPath, [join(root, 'lib', 'start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: address,
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      SEED: 'off',
      BOOTSTRAP_API_TOKEN: token,
      RATE_LIMIT_PER_MINUTE: '0',
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const ready = await fetch(`${address}/readyz`).catch(() => null)
    if (ready?.ok) return { address, token, stop }
    if (child.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`The product did not start:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
