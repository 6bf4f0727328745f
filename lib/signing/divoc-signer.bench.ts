/**
 * Signing and verifying beside DIVOC's own library (certificate-signer-library of npm, fetched into .build for this run
 * alone) and beside the bare signature of OpenSSL: the same documents and keys, warm, in turns in one run, CPU time of the
 * whole process on either side.
 */
import { execFileSync, fork } from 'node:child_process'
import { constants, sign, verify, type KeyObject } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { printTable } from '@/lib/testing/measure'
import { keySettings, TEST_KEYS, vector } from '@/lib/testing/vectors'
import { contextDocument } from './contexts'
import { verifyGenerically } from './generic'
import type { KeyType } from './keys'
import { parsePrivate } from './parsed-key'
import type { SignedCredential } from './proof'
import { signCredential, verifyCredential } from './sign'
import { loadSigningKey } from './signing-keys'

const ROUNDS = 6
const SECONDS = 0.5
/** DIVOC's library is at its best after 3 s; so is ours, with whose answers every 200th signature is compared. */
const WARM_UP_SECONDS = 4
/** Another person's certificate each time. */
const PEOPLE = 64
/** As many at a time as issuing has under way. DIVOC's consumer takes one message after the other. */
const AT_ONCE = 8

interface Tally {
  runs: number
  cpuMicroseconds: number
}

const source = join(process.cwd(), 'lib', 'testing', 'divoc-signer')
const folder = join(process.cwd(), '.build', 'divoc-signer')
const NAMES = ['ours', 'theirs', 'theirsOneByOne', 'openSsl'] as const
const rows: string[][] = []
fetchLibrary()
for (const keyType of ['RSA', 'ED25519'] as const) await compare(keyType)
printTable(
  ['what', 'CPU µs each', "DIVOC's signer (one by one)", 'times as fast', 'OpenSSL alone', 'times as fast, alone'],
  rows,
)

async function compare(keyType: KeyType) {
  const settings = keySettings(keyType)
  const key = await loadSigningKey(settings)
  const unsigned = certificates(keyType)
  const signed = await Promise.all(unsigned.map((one) => signCredential(one, key, new Date())))
  const peer = await startPeer(keyType, settings, unsigned[0]!)
  const openSsl = openSslAlone(keyType, key.publicKey)
  await timed(() => verifyGenerically(signed[0]!, key), WARM_UP_SECONDS)
  for (const work of ['sign', 'verify'] as const) {
    let next = 0
    const ours = {
      sign: () => signCredential(unsigned[next++ % PEOPLE]!, key, new Date()),
      verify: () => verifyCredential(signed[next++ % PEOPLE], key),
    }
    const tallies = { ours: tally(), theirs: tally(), theirsOneByOne: tally(), openSsl: tally() }
    // In turns, so that whatever else the machine does falls on all. The first round warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS
      const given = work === 'sign' ? unsigned : signed
      const found = {
        ours: await timed(ours[work], seconds),
        theirs: await peer.ask(work, given, AT_ONCE, seconds),
        theirsOneByOne: await peer.ask(work, given, 1, SECONDS),
        openSsl: await timed(openSsl[work], SECONDS),
      }
      const { result } = found.theirs
      const agreed = work === 'sign' ? await verifyGenerically(result as SignedCredential, key) : result
      if (!(agreed as { verified: boolean }).verified) {
        throw new Error(`What one side signed does not verify on the other (${work} ${keyType}).`)
      }
      if (round > 0) for (const name of NAMES) add(tallies[name], found[name])
    }
    const [mine, theirs, oneByOne, bare] = NAMES.map((name) => each(tallies[name])) as [number, number, number, number]
    const times = (cost: number) => `${(theirs / cost).toFixed(1)} (${(oneByOne / cost).toFixed(1)})`
    rows.push([
      `${work} ${keyType}`,
      mine.toFixed(1),
      `${theirs.toFixed(0)} (${oneByOne.toFixed(0)})`,
      times(mine),
      bare.toFixed(1),
      times(bare),
    ])
  }
  peer.end()
}

function certificates(keyType: KeyType): Record<string, unknown>[] {
  const { unsigned } = vector(`ascii.divocdev.${keyType.toLowerCase()}`)
  return Array.from({ length: PEOPLE }, (_, index) => {
    const one = JSON.parse(unsigned) as {
      credentialSubject: Record<string, unknown>
      evidence: Record<string, unknown>[]
    }
    Object.assign(one.credentialSubject, { id: `did:in.gov.aadhaar:23434343${index}`, name: `Person ${index}` })
    Object.assign(one.evidence[0]!, { certificateId: String(100_000_000 + index), batch: `MB${index}` })
    return one as unknown as Record<string, unknown>
  })
}

/** What no program on this machine that signs with OpenSSL stays below. */
function openSslAlone(keyType: KeyType, ofIssuer: KeyObject) {
  const bytes = Buffer.alloc(121, 1) // as long as what is signed: header, dot, two hashes
  const own = parsePrivate(TEST_KEYS[keyType].privateKey, keyType, 'the test key')
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const digest = keyType === 'RSA' ? 'sha256' : null
  const privateKey = keyType === 'RSA' ? { key: own, ...pss } : own
  const publicKey = keyType === 'RSA' ? { key: ofIssuer, ...pss } : ofIssuer
  const signature = sign(digest, bytes, privateKey)
  return {
    sign: () => sign(digest, bytes, privateKey),
    verify: () => verify(digest, bytes, publicKey, signature),
  }
}

function each({ cpuMicroseconds, runs }: Tally): number {
  return cpuMicroseconds / runs
}

function tally(): Tally {
  return { runs: 0, cpuMicroseconds: 0 }
}

async function timed(work: () => unknown, seconds: number): Promise<Tally> {
  const before = process.cpuUsage()
  const end = performance.now() + seconds * 1000
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
    async ask(work: 'sign' | 'verify', documents: object[], atOnce: number, seconds: number) {
      const answered = next()
      child.send({ work, documents, atOnce, seconds })
      const answer = await answered
      if (answer.error) throw new Error(`DIVOC's signer: ${String(answer.error)}`)
      return answer as unknown as Tally & { result: unknown }
    },
    end: () => child.disconnect(),
  }
}
