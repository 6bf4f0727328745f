import { createPublicKey, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { issueNext } from '@/lib/certificates/issue'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { takeOverKeys } from '@/lib/certificates/shared-keys'
import { addEndorsements, keyEndorsements, sharedKeys, withdrawShared } from '@/lib/certificates/store-keys'
import { connect } from '@/lib/db'
import { log } from '@/lib/log'
import { endorse } from '@/lib/signing/endorsement'
import { loadPublishedKeys, sandboxSettings, typeOf } from '@/lib/signing/keys'
import { signBytes } from '@/lib/signing/raw-signature'
import { prepareKey, rotateKey, withdrawKey } from '@/lib/signing/rotation'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { aCaller, aContext, aRequest, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { agreedKeys } from './key-agreement'

let database: { url: string; close(): Promise<void> }
let machines: Context[]
let stop: AbortController

beforeEach(async () => {
  database = await openTestDatabase()
  machines = []
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await Promise.all(machines.map(({ db }) => db.$disconnect()))
  await database.close()
})

/** An installation with a DATA_DIR of its own on the one database. */
function aMachine(settings: Record<string, string> = {}): Context {
  const machine = aContext(database.url, settings)
  machines.push(machine)
  return machine
}

const work = (machine: Context) => agreedKeys(machine, stop.signal)
const signing = async (machine: Context) => thumbprintOf((await work(machine)).key.publicKey)
const privateKeyOf = ({ settings }: Context) => join(settings.dataDir, 'keys', 'ed25519.private.pem')
const publishedAt = async (machine: Context) => {
  await takeOverKeys(machine)
  const { present, others } = await loadPublishedKeys(machine.settings)
  return { present: thumbprintOf(present.publicKey), others: others.map(thumbprintOf).sort() }
}

test('a worker on another machine that has no key makes none: it is refused with the setting that it needs', async () => {
  const first = await signing(aMachine())
  const second = aMachine()
  await expect(work(second)).rejects.toThrow(
    new RegExp(`signed with the ED25519 key ${first}.*holds none.*set CERTIFICATE_PRIVATE_KEY`, 's'),
  )
  expect(existsSync(privateKeyOf(second))).toBe(false)
})

test('of two workers that start at once on an empty database one makes the key, the other is refused', async () => {
  const both = await Promise.allSettled([work(aMachine()), work(aMachine())])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await sharedKeys(machines[0]!.db)).filter(({ sandbox }) => !sandbox)).toHaveLength(1)
})

test('a folder with a key that the issuer never had is refused; the same worker comes back with its own', async () => {
  const worker = aMachine()
  const key = await signing(worker)
  const other = await openTestDatabase()
  const stray = aContext(other.url)
  machines.push(stray)
  await work(stray)
  const moved = aMachine({ DATA_DIR: stray.settings.dataDir })
  await expect(work(moved)).rejects.toThrow(/holds another one/)
  expect(await signing(aMachine({ DATA_DIR: worker.settings.dataDir }))).toBe(key)
  await stray.db.$disconnect()
  await other.close()
})

test('workers with the key of a setting sign with it on every machine, and a changed setting leaves the one before published', async () => {
  const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const [old, fresh] = [pem(), pem()]
  const before = await signing(aMachine({ CERTIFICATE_PRIVATE_KEY: old }))
  expect(await signing(aMachine({ CERTIFICATE_PRIVATE_KEY: old }))).toBe(before)
  const after = await signing(aMachine({ CERTIFICATE_PRIVATE_KEY: fresh }))
  expect(await publishedAt(aMachine({ ROLES: 'web' }))).toEqual({ present: after, others: [before] })
})

test('a worker that comes back with the key that was replaced takes nothing over, until nobody signs with the newer one', async () => {
  const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const [old, fresh] = [pem(), pem()]
  const [before, after] = [old, fresh].map((key) => thumbprintOf(createPublicKey(key)))
  const one = aMachine({ CERTIFICATE_PRIVATE_KEY: old })
  const signs = async () =>
    (await sharedKeys(one.db)).filter((key) => key.signs && !key.sandbox).map((k) => k.thumbprint)
  await work(one)
  await work(aMachine({ CERTIFICATE_PRIVATE_KEY: fresh }))
  expect(await signs()).toEqual([after])
  const warned = vi.spyOn(log(), 'warn')
  // It signs on with what it has, which is valid.
  expect(await signing(aMachine({ CERTIFICATE_PRIVATE_KEY: old }))).toBe(before)
  expect(await signs()).toEqual([after])
  expect(warned.mock.calls.filter(([, said]) => /newer key/.test(String(said)))).toHaveLength(1)
  warned.mockRestore()
  await one.db.$executeRaw`update issuer_key set last_used_at = now() - interval '61 seconds'`
  await work(aMachine({ CERTIFICATE_PRIVATE_KEY: old }))
  expect(await signs()).toEqual([before])
  // The newer one counts as soon as it is there again.
  await work(aMachine({ CERTIFICATE_PRIVATE_KEY: fresh }))
  expect(await signs()).toEqual([after])
})

test('a web server elsewhere learns which key signs, of a rotation, and of a key that is withdrawn', async () => {
  const worker = aMachine()
  const old = await signing(worker)
  const web = aMachine({ ROLES: 'web' })
  expect(await publishedAt(web)).toEqual({ present: old, others: [] })
  const { thumbprint: next } = await prepareKey(worker.settings, 'ED25519')
  await work(worker)
  expect(await publishedAt(web)).toEqual({ present: old, others: [next] })
  await rotateKey(worker.settings, 'ED25519')
  await work(worker)
  expect(await publishedAt(web)).toEqual({ present: next, others: [old] })
  await withdrawKey(worker.settings, old, new Date(Date.now() + 60_000))
  await work(worker)
  expect(await publishedAt(web)).toEqual({ present: next, others: [] })
  expect(existsSync(privateKeyOf(web))).toBe(false)
})

/** Another machine with the folder "keys" of this one. */
function aCopyOf(machine: Context): Context {
  const copy = aMachine()
  cpSync(join(machine.settings.dataDir, 'keys'), join(copy.settings.dataDir, 'keys'), { recursive: true })
  return copy
}

test('a key that was withdrawn on one machine signs on no other any more: a running worker stops, its claims are handed back', async () => {
  const one = aMachine()
  const old = await signing(one)
  const other = aCopyOf(one)
  let stopped = 0
  const living = await agreedKeys(other, stop.signal, { lookEveryMs: 20, onWithdrawn: () => (stopped += 1) })
  const { after } = await rotateKey(one.settings, 'ED25519')
  await work(one)
  // It signs on with its own, and knows the one of the others.
  expect(await publishedAt(other)).toEqual({ present: old, others: [after] })
  expect(thumbprintOf(living.key.publicKey)).toBe(old)
  await acceptCertify(other, aCaller(), [aRequest({ preEnrollmentCode: 'KEYS-1' })], options())
  await withdrawKey(one.settings, old, new Date(Date.now() + 60_000))
  await work(one)
  const onStep = async (step: string) => {
    if (step !== 'claimed') return
    await takeOverKeys(other)
    await expect.poll(() => stopped).toBe(1)
  }
  expect(await issueNext({ ...living, onStep }, 16)).toBe(1)
  const [waiting] = await one.db.transaction.findMany()
  expect(waiting).toMatchObject({
    state: 'pending',
    leaseToken: null,
    lastError: expect.stringMatching(/^WithdrawnSigningKey/),
  })
  expect(() => living.key).toThrow(`The signing key ${old} was withdrawn`)
  await expect(issueNext(living, 16)).rejects.toThrow(/was withdrawn/)
  await expect(work(other)).rejects.toThrow(`The signing key ${old} was withdrawn`)
})

test('two connections are enough for a worker to start', async () => {
  const machine = { ...aMachine(), db: connect(database.url, 2) }
  machines.push(machine)
  expect(await signing(machine)).toHaveLength(43)
})

test('a web server that was away for two rotations and a withdrawal believes all of it, by what one key says of the next', async () => {
  const worker = aMachine()
  const first = await signing(worker)
  const web = aMachine({ ROLES: 'web' })
  expect(await publishedAt(web)).toEqual({ present: first, others: [] })
  const { after: second } = await rotateKey(worker.settings, 'ED25519')
  const { after: third } = await rotateKey(worker.settings, 'ED25519')
  await withdrawKey(worker.settings, first, new Date(Date.now() + 60_000))
  await work(worker)
  expect(await publishedAt(web)).toEqual({ present: third, others: [second] })
  expect(await publishedAt(aMachine({ ROLES: 'web' }))).toEqual({ present: third, others: [second] })
})

test('of two keys of settings the one that stays speaks for the one that is changed; alone, it has to be told', async () => {
  const pem = (type: 'rsa' | 'ed25519') =>
    generateKeyPairSync(type as 'rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string
  const both = {
    SIGNING_KEY_TYPE: 'RSA',
    CERTIFICATE_PRIVATE_KEY: pem('rsa'),
    CERTIFICATE_ED25519_PRIVATE_KEY: pem('ed25519'),
  }
  const before = await signing(aMachine(both))
  const web = aMachine({ ROLES: 'web', SIGNING_KEY_TYPE: 'RSA' })
  expect((await publishedAt(web)).present).toBe(before)
  const second = { ...both, CERTIFICATE_PRIVATE_KEY: pem('rsa') }
  const after = await signing(aMachine(second))
  expect(await publishedAt(web)).toEqual({ present: after, others: [before] })
  const third = { ...both, CERTIFICATE_PRIVATE_KEY: pem('rsa'), CERTIFICATE_ED25519_PRIVATE_KEY: pem('ed25519') }
  const alone = await signing(aMachine(third))
  expect((await publishedAt(web)).present).toBe(after)
  const CERTIFICATE_PUBLIC_KEY = createPublicKey(third.CERTIFICATE_PRIVATE_KEY).export({
    type: 'spki',
    format: 'pem',
  }) as string
  const told = aMachine({
    ROLES: 'web',
    SIGNING_KEY_TYPE: 'RSA',
    DATA_DIR: web.settings.dataDir,
    CERTIFICATE_PUBLIC_KEY,
  })
  const known = await publishedAt(told)
  expect(known.present).toBe(alone)
  // The Ed25519 key came with it, and those before stay: two RSA, one Ed25519.
  expect(known.others).toHaveLength(3)
  expect(known.others).toEqual(expect.arrayContaining([before, after]))
})

describe('whoever can write into the database', () => {
  /** As the product's own role may write it: with what the new key says of itself. */
  async function plant({ db }: Context, mine: KeyPairKeyObjectResult, thumbprint = thumbprintOf(mine.publicKey)) {
    const pem = mine.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const type = typeOf(mine.publicKey)
    await db.$executeRaw`update issuer_key set signs = false where not sandbox and type = ${type}`
    await db.$executeRaw`
      insert into issuer_key (thumbprint, type, sandbox, public_key, signs, added_at)
      values (${thumbprint}, ${type}, false, ${pem}, true, now())`
    const sign = (bytes: Uint8Array) => signBytes(type, mine.privateKey, bytes)
    for (const state of ['known', 'signs'] as const) {
      await addEndorsements(db, [await endorse({ publicKey: mine.publicKey, sign }, mine.publicKey, state)])
    }
  }

  test.each(['ed25519', 'rsa'] as const)('makes nobody trust a key of theirs (%s)', async (type) => {
    const worker = aMachine()
    const key = await signing(worker)
    const web = aMachine({ ROLES: 'web' })
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
    const mine = generateKeyPairSync(type as 'rsa', { modulusLength: 2048 })
    await plant(worker, mine)
    const said = vi.spyOn(log(), 'error')
    // In the name of the issuer's key: a signature of theirs over it.
    const [theirs] = await keyEndorsements(worker.db).then((all) => all.filter(({ endorser }) => endorser !== key))
    await addEndorsements(worker.db, [{ ...theirs!, endorser: key }])
    // What was said of another key, or of another state, says nothing of this one.
    const [real] = await keyEndorsements(worker.db).then((all) => all.filter(({ thumbprint }) => thumbprint === key))
    await addEndorsements(worker.db, [{ ...real!, thumbprint: thumbprintOf(mine.publicKey), state: 'known' }])
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
    expect(await publishedAt(worker)).toEqual({ present: key, others: [] })
    await work(worker)
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
    const told = said.mock.calls.filter(([about]) => isDeepStrictEqual(about, { key: thumbprintOf(mine.publicKey) }))
    expect(told).toHaveLength(1)
    expect(told[0]![1]).toMatch(/set CERTIFICATE_PUBLIC_KEY/)
  })

  test('makes nobody trust a key under the name of another, and its worker mends the row', async () => {
    const worker = aMachine()
    const key = await signing(worker)
    const mine = generateKeyPairSync('ed25519')
    const pem = mine.publicKey.export({ type: 'spki', format: 'pem' }) as string
    await worker.db.$executeRaw`update issuer_key set public_key = ${pem} where thumbprint = ${key}`
    await plant(worker, mine, 'x')
    const web = aMachine({ ROLES: 'web' })
    await expect(publishedAt(web)).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' })
    await worker.db.$executeRaw`delete from issuer_key where thumbprint = 'x'`
    await work(worker)
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
  })

  test('ends no key: a withdrawal that no key speaks for is not believed, here or by a new worker', async () => {
    const worker = aMachine()
    const key = await signing(worker)
    const web = aMachine({ ROLES: 'web' })
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
    await withdrawShared(worker.db, [key], new Date())
    const mine = generateKeyPairSync('ed25519')
    const sign = (bytes: Uint8Array) => signBytes('ED25519', mine.privateKey, bytes)
    await addEndorsements(worker.db, [
      await endorse(
        { publicKey: mine.publicKey, sign },
        createPublicKey(readFileSync(privateKeyOf(worker))),
        'withdrawn',
      ),
    ])
    expect(await publishedAt(web)).toEqual({ present: key, others: [] })
    expect(await signing(worker)).toBe(key)
    expect(await signing(aCopyOf(worker))).toBe(key)
  })

  test('is believed by a process that has no key at all, and not by one whose settings name the key', async () => {
    const worker = aMachine()
    const key = await signing(worker)
    await plant(worker, generateKeyPairSync('ed25519'))
    const CERTIFICATE_PUBLIC_KEY = createPublicKey(readFileSync(privateKeyOf(worker))).export({
      type: 'spki',
      format: 'pem',
    })
    const told = aMachine({ ROLES: 'web', CERTIFICATE_PUBLIC_KEY: CERTIFICATE_PUBLIC_KEY as string })
    expect(await publishedAt(told)).toEqual({ present: key, others: [] })
    expect((await publishedAt(aMachine({ ROLES: 'web' }))).others).toContain(key)
  })
})

test('tests are signed with one key on all machines; what signs certificates never reaches the database', async () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const [one, two] = [aMachine({ CERTIFICATE_PRIVATE_KEY: pem }), aMachine({ CERTIFICATE_PRIVATE_KEY: pem })]
  const keys = [await work(one), await work(two)]
  const [first, second] = keys.map(({ sandboxKey2 }) => thumbprintOf(sandboxKey2.publicKey))
  expect(second).toBe(first)
  const web = aMachine({ ROLES: 'web' })
  await takeOverKeys(web)
  const { present2 } = await loadPublishedKeys(sandboxSettings(web.settings))
  expect(thumbprintOf(present2.publicKey)).toBe(first)
  const rows = await one.db.issuerKey.findMany()
  expect(rows.filter(({ privateKey }) => privateKey !== null).every(({ sandbox }) => sandbox)).toBe(true)
  const write = one.db.issuerKey.updateMany({ where: { sandbox: false }, data: { privateKey: 'a key' } })
  await expect(write).rejects.toThrow(/issuer_key_private_is_for_tests/)
})
