/** Signing keys on a real installation: the web server never holds a private one, and a rotation needs no restart. */
import { execFileSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { anItem } from './journey'
import { freePort, pidOf, startAndWait, type Place, type Started } from './started'

test.describe.configure({ mode: 'serial' })

const TOKEN = 'errata-keys-token-0123456789abcdef'
const SIGNER_TOKEN = 'a token that only the worker has'
let place: Place
let address: string
let running: Started | undefined

test.beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-keys-'))
  chmodSync(dataDir, 0o755)
  place = { dataDir, port: await freePort() }
  address = `http://127.0.0.1:${place.port}`
})

test.afterAll(async () => {
  await stop()
  rmSync(place.dataDir, { recursive: true, force: true })
})

test('keys that settings give reach the worker alone; the web server verifies with their public halves', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  test.setTimeout(180_000)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ed25519 = generateKeyPairSync('ed25519')
  const [rsaPem, ed25519Pem] = [rsa, ed25519].map(
    (pair) => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  )
  running = await startAndWait(place, {
    BOOTSTRAP_API_TOKEN: TOKEN,
    CERTIFICATE_PRIVATE_KEY: rsaPem!,
    CERTIFICATE_ED25519_PRIVATE_KEY: ed25519Pem!,
    SIGNER_TOKEN,
  })
  const certificate = await issued()
  expect(await stateOf(certificate)).toBe('valid')
  const did = (await (await fetch(`${address}/.well-known/did.json`)).json()) as {
    verificationMethod: { publicKeyPem?: string }[]
  }
  expect(createPublicKey(did.verificationMethod[0]!.publicKeyPem!).equals(rsa.publicKey)).toBe(true)

  const secrets = [rsaPem!, ed25519Pem!].map((pem) => pem.split('\n')[1]!).concat(SIGNER_TOKEN)
  const worker = environmentOf(pidOf('worker', place))
  for (const secret of secrets) expect(worker).toContain(secret)
  const web = processesOf(pidOf('web', place))
  expect(web.length).toBeGreaterThan(0)
  for (const pid of web) {
    for (const secret of secrets) expect(environmentOf(pid)).not.toContain(secret)
    expect(filesOf(pid).filter((file) => file.includes('private'))).toEqual([])
  }
  await stop()
})

test('a rotation while it runs: what was signed before stays valid, what comes is signed by the new key', async () => {
  test.setTimeout(180_000)
  // Without the settings of before: a pair is generated, and the one from the settings has become a former one.
  running = await startAndWait(place, { BOOTSTRAP_API_TOKEN: TOKEN })
  const before = await issued()
  const [old] = await keyNames()
  const said = keysCommand('rotate')
  expect(said).toContain('nothing has to be started again')
  const after = /^(\S+) signs from now on/.exec(said)![1]!
  // The worker may be signing with it at this very moment.
  expect(() => keysCommand('withdraw', old!, '--yes')).toThrow(/in half a minute/)
  expect((await keyNames())[0]).toBe(after)
  expect(await keyNames()).toContain(old)
  // Within a second the worker signs with it; both are accepted all the time.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const next = await issued()
  for (const certificate of [before, next]) expect(await stateOf(certificate)).toBe('valid')
  expect(keysCommand('withdraw', old!)).toContain('Nothing has been done yet')
  expect(await stateOf(before)).toBe('valid')
  const withdraw = () => expect(keysCommand('withdraw', old!, '--yes')).toContain('is withdrawn')
  await expect(withdraw).toPass({ timeout: 60_000 })
  await expect.poll(() => stateOf(before)).toBe('not_genuine')
  expect(await stateOf(next)).toBe('valid')
  expect(keysCommand('list')).toMatch(new RegExp(`${after} +RSA +signs certificates`))
})

async function stop(): Promise<void> {
  running?.process.kill('SIGTERM')
  await running?.ended
  running = undefined
}

async function issued(): Promise<object> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const accepted = await fetch(`${address}/v3/certify`, { method: 'POST', headers, body: JSON.stringify([anItem()]) })
  expect(accepted.status).toBe(200)
  const [{ certificateId }] = ((await accepted.json()) as { results: { certificateId: string }[] }).results as [
    { certificateId: string },
  ]
  let answer: Response
  do {
    await new Promise((resolve) => setTimeout(resolve, 100))
    answer = await fetch(`${address}/v3/certificates/${certificateId}.jsonld`, { headers })
  } while (answer.status === 404)
  expect(answer.status).toBe(200)
  return (await answer.json()) as object
}

async function stateOf(certificate: object): Promise<string> {
  const answer = await fetch(`${address}/vc-certification/v1/certificate/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(certificate),
  })
  return ((await answer.json()) as { status: { state: string } }).status.state
}

/** Thumbprints of the published keys, the one that signs first. */
async function keyNames(): Promise<string[]> {
  const { keys } = (await (await fetch(`${address}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

function keysCommand(...args: string[]): string {
  const env = { ...process.env, DATA_DIR: place.dataDir, PORT: String(place.port), DATABASE_URL: '' }
  return execFileSync(process.execPath, ['lib/start/keys.mjs', ...args], { env, encoding: 'utf8' })
}

function environmentOf(pid: number): string {
  return readFileSync(`/proc/${pid}/environ`, 'utf8')
}

/** What a process has open. */
function filesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`)
    } catch {
      return '' // closed meanwhile
    }
  })
}

/** A process and all that it started. */
function processesOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && new RegExp(`^PPid:\\t${pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'))
      )
    } catch {
      return false // ended meanwhile
    }
  })
  return [pid, ...children.flatMap((child) => processesOf(Number(child)))]
}
