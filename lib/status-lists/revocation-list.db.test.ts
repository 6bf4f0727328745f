/** The revocation list as verifiers read it: pages in the order of publication, signed, complete, and never older than they say. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import type { Issuer } from '@/lib/certificates/issue'
import { findLineages } from '@/lib/certificates/read'
import { takeIntoUse } from '@/lib/certificates/store-keys'
import { didDocument } from '@/lib/signing/did-document'
import { loadPublishedKeys } from '@/lib/signing/keys'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { issuerKeysOf } from '@/lib/verification/issuer-keys'
import { PAGE_ENTRIES, readPage, type ListPage } from '@/lib/verification/revocation-list'
import { publishLists } from './publish'
import { revocationList, revocationListPage } from './read'
import { publishRevocationList } from './revocation-list'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let issuer: Issuer
let now: Date
const caller = aCaller()

beforeEach(async () => {
  database = await openTestDatabase()
  now = new Date('2026-05-12T10:30:00.000Z')
  context = { ...aContext(database.url), now: () => now }
  issuer = await anIssuer(context)
})
afterEach(async () => {
  await context.db.$disconnect()
  await database.close()
})

/** A page as a verifier reads it, with the keys that did.json has at this moment. */
async function page(number: number): Promise<ListPage> {
  const issuers = [issuerKeysOf(didDocument(await loadPublishedKeys(context.settings), context.settings))]
  const read = await readPage((await revocationListPage(context, String(number))).signed, issuers, number)
  if (typeof read === 'string') throw new Error(`Page ${number} is ${read}.`)
  return read
}

async function publish(): Promise<void> {
  while ((await publishLists(issuer)) > 0);
  while ((await publishRevocationList(issuer)) > 1);
}

const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))

async function certified(code: string): Promise<string> {
  await acceptCertify(context, caller, [aRequest({ preEnrollmentCode: code })], options({ method: 'POST' }))
  await issueAll(issuer)
  return newest(code)
}

async function newest(code: string): Promise<string> {
  const { lineages } = await findLineages(context, caller, { preEnrollmentCode: code })
  return lineages[0]!.history[0]!.certificateId
}

/** So many status entries of one certificate, as if it had been suspended again and again. */
async function manyEntries(certificateId: string, n: number): Promise<void> {
  await context.db.$executeRaw`
    insert into status_entry (certificate_id, state, actor_kind, actor_id, actor_name, at)
    select ${certificateId}, 'current', 'client', 'x', 'x', ${now} from generate_series(1, ${n}::int)`
}

test('it is there from the start, empty, and signed', async () => {
  await publish()
  expect(await revocationList(context)).toMatchObject({ serial: 1, entries: 0, pages: [{ page: 1, entries: 0 }] })
  expect(await page(1)).toMatchObject({
    entries: [],
    publishedAt: '2026-05-12T10:30:00.000Z',
    nextUpdate: '2026-05-13T10:30:00.000Z',
  })
})

test('what happened stands in it in its order, with end and cause, and nothing about a person', async () => {
  const [replaced, held] = [await certified('A'), await certified('B')]
  await acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: 'A', recipient: { name: 'X' } })], options())
  await issueAll(issuer)
  const until = new Date('2026-06-01T00:00:00.000Z')
  const reason = { cause: 'other', note: 'about Sam' } as const
  await changeStatus(context, caller, { certificateId: held, action: 'suspend', reason, until })
  await changeStatus(context, caller, { certificateId: held, action: 'lift', reason })
  await changeStatus(context, caller, { certificateId: held, action: 'revoke', reason: { cause: 'fraud' } })
  await publish()
  const at = '2026-05-12T10:30:00.000Z'
  const entry = (certificateId: string, state: string, ends: string | null, cause: string | null) => ({
    certificateId,
    state,
    since: at,
    until: ends,
    cause,
  })
  expect((await page(1)).entries).toEqual([
    entry(replaced, 'superseded', null, null),
    entry(held, 'suspended', '2026-06-01T00:00:00.000Z', 'other'),
    entry(held, 'current', null, null),
    entry(held, 'revoked', null, 'fraud'),
  ])
  expect((await revocationListPage(context, '1')).payload).not.toMatch(/Sam|Source system|X/)
})

test('full pages keep their entries, the last one grows and is never full', async () => {
  const id = await certified('A')
  await manyEntries(id, PAGE_ENTRIES)
  await publish()
  expect((await revocationList(context)).pages.map(({ entries }) => entries)).toEqual([PAGE_ENTRIES, 0])
  const full = (await revocationListPage(context, '1')).signed
  await changeStatus(context, caller, { certificateId: id, action: 'revoke', reason: { cause: 'error' } })
  later(10)
  await publish()
  expect((await revocationListPage(context, '1')).signed).toBe(full)
  expect((await page(2)).entries).toMatchObject([{ certificateId: id, state: 'revoked', cause: 'error' }])
  expect(await revocationList(context)).toMatchObject({ entries: PAGE_ENTRIES + 1, pageSize: PAGE_ENTRIES })
})

test('more than a page at once becomes as many pages as it takes, complete and in order', async () => {
  await manyEntries(await certified('A'), 2 * PAGE_ENTRIES + 5)
  await publish()
  later(10)
  await publish()
  expect((await revocationList(context)).pages.map(({ entries }) => entries)).toEqual([PAGE_ENTRIES, PAGE_ENTRIES, 5])
  expect((await page(3)).entries).toHaveLength(5)
})

test('changes one after the other are one publication in five seconds; without any there is one an hour', async () => {
  const id = await certified('A')
  await publish()
  const serial = async () => (await revocationList(context)).serial
  for (const action of ['suspend', 'lift', 'suspend'] as const) {
    later(1)
    await changeStatus(context, caller, { certificateId: id, action, reason: { cause: 'other' } })
    await publish()
  }
  expect(await serial()).toBe(1)
  later(2)
  await publish()
  expect([await serial(), (await page(1)).entries.length]).toEqual([2, 3])
  later(59 * 60)
  await publish()
  expect(await serial()).toBe(2)
  later(60)
  await publish()
  expect(await serial()).toBe(3)
  expect((await page(1)).publishedAt).toBe(now.toISOString())
})

test('after a rotation every page is signed with the present key, at once', async () => {
  const id = await certified('A')
  await manyEntries(id, PAGE_ENTRIES + 1)
  await publish()
  later(10)
  await publish()
  const other = { ...context, settings: { ...context.settings, dataDir: `${context.settings.dataDir}/other` } }
  const { key } = await anIssuer(other)
  const before = await Promise.all([page(1), page(2)])
  issuer = { ...issuer, key }
  await publish()
  context = other
  expect(await Promise.all([page(1), page(2)])).toMatchObject(before.map(({ entries }) => ({ entries })))
})

test('of two living workers with different keys the one with the older key signs no page again', async () => {
  await certified('A')
  const other = { ...context, settings: { ...context.settings, dataDir: `${context.settings.dataDir}/other` } }
  const newer = await anIssuer(other)
  for (const { key } of [issuer, newer]) {
    await takeIntoUse(context.db, { key: key.publicKey, type: key.type }, now)
  }
  expect(await publishRevocationList(newer)).toBe(1)
  for (const each of [issuer, newer, issuer, newer]) expect(await publishRevocationList(each)).toBe(0)
})

/** A signer so slow that the time of a publication is over after one signature. */
const slowly = <Key extends { sign(bytes: Uint8Array): Promise<Uint8Array> }>(key: Key): Key => ({
  ...key,
  sign(bytes) {
    later(6)
    return key.sign(bytes)
  },
})

test('with a slow signer after a rotation, what happened is published first, and every page is signed in the end', async () => {
  const id = await certified('A')
  await manyEntries(id, 3 * PAGE_ENTRIES)
  await publish()
  expect((await revocationList(context)).pages).toHaveLength(4)
  await changeStatus(context, caller, { certificateId: id, action: 'revoke', reason: { cause: 'fraud' } })
  while ((await publishLists(issuer)) > 0);
  const other = { ...context, settings: { ...context.settings, dataDir: `${context.settings.dataDir}/other` } }
  issuer = { ...issuer, key: slowly((await anIssuer(other)).key) }
  context = other
  expect(await publishRevocationList(issuer)).toBe(2)
  expect((await page(4)).entries).toMatchObject([{ certificateId: id, state: 'revoked' }])
  await expect(page(3)).rejects.toThrow('Page 3 is unknown.')
  await publish()
  const pages = await Promise.all([1, 2, 3, 4].map(page))
  expect(pages.map(({ entries }) => entries.length)).toEqual([PAGE_ENTRIES, PAGE_ENTRIES, PAGE_ENTRIES, 1])
})

test('with a slow signer many new pages come one after the other, without a pause before the last one', async () => {
  await manyEntries(await certified('A'), 3 * PAGE_ENTRIES)
  while ((await publishLists(issuer)) > 0);
  issuer = { ...issuer, key: slowly(issuer.key) }
  const lengths = async () => (await revocationList(context)).pages.map(({ entries }) => entries)
  expect(await publishRevocationList(issuer)).toBe(2)
  expect(await lengths()).toEqual([PAGE_ENTRIES, PAGE_ENTRIES])
  await publish()
  expect(await lengths()).toEqual([PAGE_ENTRIES, PAGE_ENTRIES, PAGE_ENTRIES, 0])
})

test('several who publish at once: one serial after the other, nothing twice', async () => {
  const id = await certified('A')
  await publish()
  await changeStatus(context, caller, { certificateId: id, action: 'revoke', reason: { cause: 'error' } })
  while ((await publishLists(issuer)) > 0);
  later(10)
  const written = await Promise.all([1, 2, 3, 4].map(() => publishRevocationList(issuer)))
  expect(written.reduce((sum, n) => sum + n, 0)).toBe(1)
  expect(await revocationList(context)).toMatchObject({ serial: 2, entries: 1 })
})
