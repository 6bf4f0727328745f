/** Signing and checking along a compiled shape, beside the general path and the bare signature of OpenSSL. */
import { constants, sign, verify } from 'node:crypto'
import { printTable } from '@/lib/testing/measure'
import { keySettings, TEST_KEYS, vector } from '@/lib/testing/vectors'
import { canonicalForm } from './canonical'
import { compileShape } from './compile'
import { credentialTemplate, proofTemplate } from './fast'
import { referenceFor, signGenerically, verifyGenerically } from './generic'
import type { KeyType } from './keys'
import { SECURITY_V2 } from './names'
import { parsePrivate } from './parsed-key'
import { RULES } from './rules'
import { signCredential, verifyCredential } from './sign'
import { loadSigningKey } from './signing-keys'

const ROUNDS = 8
const SECONDS = 0.4
/** As many at a time as issuing has under way. */
const AT_ONCE = 8

interface Tally {
  name: string
  work: () => unknown
  runs: number
  cpuMicroseconds: number
}

const rows: string[][] = []
for (const keyType of ['RSA', 'ED25519'] as const) await measure(keyType)
printTable(['what', 'CPU µs each', 'per CPU-second', 'x general', '% of OpenSSL'], rows)

async function measure(keyType: KeyType) {
  const key = await loadSigningKey(keySettings(keyType))
  const own = parsePrivate(TEST_KEYS[keyType].privateKey, keyType, 'the test key')
  const unsigned = JSON.parse(vector(`ascii.divocdev.${keyType.toLowerCase()}`).unsigned) as Record<string, unknown>
  const at = new Date()
  const signed = await signCredential(unsigned, key, at)
  const bytes = Buffer.alloc(121, 1) // as long as what is signed: header, dot, two hashes
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const digest = keyType === 'RSA' ? 'sha256' : null
  const privateKey = keyType === 'RSA' ? { key: own, ...pss } : own
  const publicKey = keyType === 'RSA' ? { key: key.publicKey, ...pss } : key.publicKey
  const signature = sign(digest, bytes, privateKey)
  const namespace = 'https://divoc.dev/credentials/vaccination/v2'
  const [document, proof] = await Promise.all(
    [credentialTemplate(namespace), proofTemplate(keyType)].map((template) =>
      compileShape(template, referenceFor([template['@context']].flat(), key)),
    ),
  )
  const { jws: _jws, ...options } = signed.proof
  const tasks = {
    openSslSign: task(`OpenSSL signs ${keyType}`, () => sign(digest, bytes, privateKey)),
    openSslVerify: task(`OpenSSL verifies ${keyType}`, () => verify(digest, bytes, publicKey, signature)),
    canonical: task('both canonical forms, compiled', () => {
      canonicalForm(document!, unsigned, RULES)
      canonicalForm(proof!, { '@context': SECURITY_V2, ...options }, RULES)
    }),
    generalSign: task(`sign ${keyType}, general path`, () => signGenerically(unsigned, key, at)),
    sign: task(`sign ${keyType}`, () => signCredential(unsigned, key, at)),
    generalVerify: task(`verify ${keyType}, general path`, () => verifyGenerically(signed, key)),
    verify: task(`verify ${keyType}`, () => verifyCredential(signed, key)),
  }
  // In turns, so that whatever else the machine does falls on all of them.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const one of Object.values(tasks)) await run(one, round === 0)
  }
  const { openSslSign, openSslVerify, canonical, generalSign, generalVerify } = tasks
  rows.push(row(openSslSign), row(tasks.sign, generalSign, openSslSign), row(generalSign), row(canonical))
  rows.push(row(openSslVerify), row(tasks.verify, generalVerify, openSslVerify), row(generalVerify))
}

function task(name: string, work: () => unknown): Tally {
  return { name, work, runs: 0, cpuMicroseconds: 0 }
}

/** CPU time and not the clock: other programs run beside. */
async function run(one: Tally, warmUp: boolean) {
  const before = process.cpuUsage()
  const end = performance.now() + SECONDS * 1000
  let runs = 0
  for (; performance.now() < end; runs += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, one.work))
  const { user, system } = process.cpuUsage(before)
  if (warmUp) return
  one.runs += runs
  one.cpuMicroseconds += user + system
}

function row(one: Tally, general?: Tally, openSsl?: Tally): string[] {
  const each = ({ cpuMicroseconds, runs }: Tally) => cpuMicroseconds / runs
  return [
    one.name,
    each(one).toFixed(1),
    (1e6 / each(one)).toFixed(0),
    general ? (each(general) / each(one)).toFixed(1) : '',
    openSsl ? ((100 * each(openSsl)) / each(one)).toFixed(0) : '',
  ]
}
