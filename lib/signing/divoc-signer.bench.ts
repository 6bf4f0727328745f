/**
 * Signing and verifying beside DIVOC's own library (certificate-signer-library of npm, fetched into .build for this run
 * alone): the same documents and keys, in turns in one run, CPU time.
 */
import { execFileSync, fork } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { printTable } from '@/lib/testing/measure'
import { keySettings, TEST_KEYS, vector } from '@/lib/testing/vectors'
import { contextDocument } from './contexts'
import { verifyGenerically } from './generic'
import type { KeyType } from './keys'
import type { SignedCredential } from './proof'
import { signCredential, verifyCredential } from './sign'
import { loadSigningKey } from './signing-keys'

const ROUNDS = 6
const SECONDS = 0.5
/** As many at a time as issuing has under way. */
const AT_ONCE = 8

interface Tally {
  runs: number
  cpuMicroseconds: number
}

const source = join(process.cwd(), 'lib', 'testing', 'divoc-signer')
const folder = join(process.cwd(), '.build', 'divoc-signer')
const rows: string[][] = []
fetchLibrary()
for (const keyType of ['RSA', 'ED25519'] as const) await compare(keyType)
printTable(['what', 'CPU µs each', "DIVOC's signer", 'times as fast', 'each takes the other’s'], rows)

async function compare(keyType: KeyType) {
  const settings = keySettings(keyType)
  const key = await loadSigningKey(settings)
  const unsigned = JSON.parse(vector(`ascii.divocdev.${keyType.toLowerCase()}`).unsigned) as Record<string, unknown>
  const at = new Date()
  const signed = await signCredential(unsigned, key, at)
  const peer = await startPeer(keyType, settings, unsigned)
  const ours = { sign: () => signCredential(unsigned, key, at), verify: () => verifyCredential(signed, key) }
  for (const work of ['sign', 'verify'] as const) {
    const tallies = { ours: { runs: 0, cpuMicroseconds: 0 }, theirs: { runs: 0, cpuMicroseconds: 0 } }
    let agreed = false
    // In turns, so that whatever else the machine does falls on both. The first round warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      const mine = await timed(ours[work])
      const { result, ...theirs } = await peer.ask(work, work === 'sign' ? unsigned : signed)
      agreed =
        work === 'sign'
          ? (await verifyGenerically(result as SignedCredential, key)).verified
          : (result as { verified: boolean }).verified
      if (!agreed) throw new Error(`What one side signed does not verify on the other (${work} ${keyType}).`)
      if (round === 0) continue
      add(tallies.ours, mine)
      add(tallies.theirs, theirs)
    }
    const each = ({ cpuMicroseconds, runs }: Tally) => cpuMicroseconds / runs
    rows.push([
      `${work} ${keyType}`,
      each(tallies.ours).toFixed(0),
      each(tallies.theirs).toFixed(0),
      (each(tallies.theirs) / each(tallies.ours)).toFixed(1),
      agreed ? 'yes' : 'no',
    ])
  }
  peer.end()
}

async function timed(work: () => unknown): Promise<Tally> {
  const before = process.cpuUsage()
  const end = performance.now() + SECONDS * 1000
  let runs = 0
  for (; performance.now() < end; runs += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, work))
  const { user, system } = process.cpuUsage(before)
  return { runs, cpuMicroseconds: user + system }
}

function add(sum: Tally, one: Tally): void {
  sum.runs += one.runs
  sum.cpuMicroseconds += one.cpuMicroseconds
}

/** Nothing of it is a package of ours: its licence (GPL) and its age are its own. */
function fetchLibrary(): void {
  mkdirSync(folder, { recursive: true })
  for (const file of ['package.json', 'signer.cjs']) copyFileSync(join(source, file), join(folder, file))
  if (existsSync(join(folder, 'node_modules', 'certificate-signer-library'))) return
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'], {
    cwd: folder,
    stdio: 'ignore',
  })
}

async function startPeer(
  keyType: KeyType,
  settings: ReturnType<typeof keySettings>,
  unsigned: Record<string, unknown>,
) {
  const child = fork(join(folder, 'signer.cjs'), { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const next = () => new Promise<Record<string, unknown>>((resolve) => child.once('message', resolve as () => void))
  const addresses = (unsigned['@context'] as string[]).slice(1)
  const { credential, signing } = settings
  const { publicKey, privateKey } = TEST_KEYS[keyType]
  const ready = next()
  child.send({
    setting: {
      contexts: Object.fromEntries(addresses.map((url) => [url, contextDocument(url, credential)])),
      config: {
        keyType,
        CERTIFICATE_DID: signing.did,
        CERTIFICATE_PUBKEY_ID: signing.publicKeyId,
        CERTIFICATE_CONTROLLER_ID: signing.controller,
        ...(keyType === 'RSA'
          ? { privateKeyPem: privateKey, publicKeyPem: publicKey }
          : { privateKeyBase58: privateKey, publicKeyBase58: publicKey }),
      },
    },
  })
  await ready
  return {
    async ask(work: 'sign' | 'verify', document: object): Promise<Tally & { result: unknown }> {
      const answered = next()
      child.send({ work, document, atOnce: AT_ONCE, seconds: SECONDS })
      const answer = await answered
      if (answer.error) throw new Error(`DIVOC's signer: ${String(answer.error)}`)
      return answer as unknown as Tally & { result: unknown }
    },
    end: () => child.disconnect(),
  }
}
