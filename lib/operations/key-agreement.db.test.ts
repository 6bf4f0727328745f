import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context } from '@/lib/certificates/context'
import { takeOverKeys } from '@/lib/certificates/shared-keys'
import { sharedKeys, withdrawShared } from '@/lib/certificates/store-keys'
import { loadPublishedKeys, sandboxSettings } from '@/lib/signing/keys'
import { prepareKey, rotateKey, withdrawKey } from '@/lib/signing/rotation'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { aContext } from '@/lib/testing/builders'
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

test('a key that was withdrawn on one machine signs on no other any more', async () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const old = await signing(aMachine({ CERTIFICATE_PRIVATE_KEY: pem }))
  await withdrawShared(machines[0]!.db, [old], new Date())
  await expect(work(aMachine({ CERTIFICATE_PRIVATE_KEY: pem }))).rejects.toThrow(`The signing key ${old} was withdrawn`)
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
