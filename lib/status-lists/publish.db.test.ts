/** Publishing status lists on a real database: every change, once, whoever publishes and whoever dies. */
import type { KeyObject } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { StatusReason } from '@/lib/certificates/answers'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import type { Issuer } from '@/lib/certificates/issue'
import { findLineages } from '@/lib/certificates/read'
import { takeIntoUse } from '@/lib/certificates/store-keys'
import { aCaller, aContext, anIssuer, aRequest, aSigner2, issueAll, options } from '@/lib/testing/builders'
import { setEnvironment } from '@/lib/testing/api'
import { openTestDatabase } from '@/lib/testing/database'
import { listed } from '@/lib/testing/status-lists'
import { publishLists, type PublishStep } from './publish'
import { runStatusLists, type Publisher } from './run'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let publisher: Publisher
let publicKey: KeyObject
let now: Date
let count = 0
const caller = aCaller()

beforeEach(async () => {
  database = await openTestDatabase()
  now = new Date('2026-05-12T10:30:00.000Z')
  setEnvironment(database.url)
  context = { ...aContext(database.url), now: () => now }
  publisher = await anIssuer(context)
  publicKey = (publisher as Issuer).key2.publicKey
})
afterEach(async () => {
  await context.db.$disconnect()
  await database.close()
})

const issue = async () => issueAll(await anIssuer(context))
const update = async (code: string, name: string) => {
  await acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: code, recipient: { name } })], options())
  await issue()
  return current(code)
}

async function current(code: string): Promise<string> {
  const { lineages } = await findLineages(context, caller, { preEnrollmentCode: code })
  return lineages[0]!.history[0]!.certificateId
}

/** Codes of new certificates. */
async function certified(n: number): Promise<string[]> {
  const codes = Array.from({ length: n }, () => `S${++count}`)
  const items = codes.map((code) => aRequest({ preEnrollmentCode: code }))
  await acceptCertify(context, caller, items, options({ method: 'POST' }))
  await issue()
  return codes
}

async function aCertificate(): Promise<{ code: string; id: string }> {
  const [code] = await certified(1)
  return { code: code!, id: await current(code!) }
}

const change = (
  certificateId: string,
  action: 'revoke' | 'suspend' | 'lift',
  cause: StatusReason['cause'],
  until?: Date,
) => changeStatus(context, caller, { certificateId, action, reason: { cause }, until })

async function publishAll(): Promise<void> {
  while ((await publishLists(publisher)) > 0);
}

const lists = () => context.db.statusListCredential.findMany({ orderBy: [{ listId: 'asc' }, { purpose: 'asc' }] })
const says = (id: string) => listed(context, id, publicKey)
const VALID = { revocation: 0, suspension: 0, message: 0 }

describe('what the lists say', () => {
  test('an empty list of each purpose is there before the first certificate', async () => {
    await publishAll()
    const published = await lists()
    expect(published.map(({ listId, purpose }) => `${listId} ${purpose}`)).toEqual([
      '1 message',
      '1 revocation',
      '1 suspension',
    ])
    expect(JSON.parse(published[1]!.credential)).toMatchObject({
      id: 'http://localhost:3000/status/1/revocation',
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:localhost%3A3000',
      validFrom: '2026-05-12T10:30:00.000Z',
      validUntil: '2026-05-13T10:30:00.000Z',
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 10_000 },
    })
    expect(JSON.parse(published[0]!.credential).credentialSubject.statusMessage).toHaveLength(8)
  })

  test('a replaced certificate is revoked and replaced, its successor is valid', async () => {
    const { code, id } = await aCertificate()
    const successor = await update(code, 'Corrected')
    await publishAll()
    expect(await says(id)).toEqual({ revocation: 1, suspension: 0, message: 1 })
    expect(await says(successor)).toEqual(VALID)
  })

  test.each([
    ['error', 2],
    ['fraud', 3],
    ['recall', 5],
    ['other', 5],
  ] as const)('one that was cancelled for "%s" is revoked, message %d', async (cause, message) => {
    const { id } = await aCertificate()
    await change(id, 'revoke', cause)
    await publishAll()
    expect(await says(id)).toEqual({ revocation: 1, suspension: 0, message })
  })

  test('one that is suspended is suspended and not revoked, and valid again when that is lifted', async () => {
    const { id } = await aCertificate()
    await change(id, 'suspend', 'other')
    await publishAll()
    expect(await says(id)).toEqual({ revocation: 0, suspension: 1, message: 4 })
    await change(id, 'lift', 'other')
    await publishAll()
    expect(await says(id)).toEqual(VALID)
  })

  test('a suspension ends in the lists by itself, with an entry of the system', async () => {
    const { id } = await aCertificate()
    await change(id, 'suspend', 'other', new Date('2026-05-12T12:00:00.000Z'))
    const stop = new AbortController()
    const loop = runStatusLists(publisher, stop.signal)
    try {
      await until(async () => (await says(id)).suspension === 1)
      now = new Date('2026-05-12T12:00:00.000Z')
      await until(async () => (await says(id)).suspension === 0)
    } finally {
      stop.abort()
      await loop
    }
    const last = await context.db.statusEntry.findFirst({ where: { certificateId: id }, orderBy: { id: 'desc' } })
    expect(last).toMatchObject({ state: 'current', actorKind: 'system' })
  })

  test('an end that cannot be noted now holds up nothing else', async () => {
    const [held, other] = [await aCertificate(), await aCertificate()]
    await change(held.id, 'suspend', 'other', new Date('2026-05-12T12:00:00.000Z'))
    await publishAll()
    const holder = new pg.Client({ connectionString: database.url })
    await holder.connect()
    await holder.query('begin')
    await holder.query(
      'select 1 from lineage where id = (select lineage_id from certificate where certificate_id = $1) for update',
      [held.id],
    )
    now = new Date('2026-05-12T12:00:00.000Z')
    const stop = new AbortController()
    const loop = runStatusLists(publisher, stop.signal)
    try {
      await change(other.id, 'revoke', 'fraud')
      await until(async () => (await says(other.id)).message === 3)
      const noted = () => context.db.statusEntry.count({ where: { certificateId: held.id, actorKind: 'system' } })
      expect(await noted()).toBe(0)
      await holder.query('commit')
      await until(async () => (await noted()) === 1)
    } finally {
      await holder.end()
      stop.abort()
      await loop
    }
  })

  test('what a sandbox client made is in no list', async () => {
    const sandbox = aCaller({ sandbox: true })
    const item = (name: string) => [aRequest({ preEnrollmentCode: 'BOX', recipient: { name } })]
    await acceptCertify(context, sandbox, item('One'), options({ method: 'POST' }))
    await issue()
    await acceptUpdates(context, sandbox, item('Two'), options())
    await issue()
    await publishAll()
    expect(await context.db.statusEntry.findMany({ select: { position: true } })).toEqual([{ position: null }])
    expect(await context.db.statusEntry.count({ where: { listedAt: null } })).toBe(0)
    expect(await context.db.certificate.count({ where: { NOT: { statusListId: null } } })).toBe(0)
  })
})

describe('what is published when', () => {
  test('only lists with changes are made anew, and nothing without any', async () => {
    publisher = { ...publisher, listLength: 4 }
    const codes = await certified(1)
    await context.db.$executeRaw`update status_list set length = 1, used = 1`
    codes.push(...(await certified(1)))
    await publishAll()
    const before = await lists()
    expect(new Set(before.map(({ listId }) => listId)).size).toBeGreaterThan(1)
    now = new Date(now.getTime() + 60_000)
    expect(await publishLists(publisher)).toBe(0)
    expect(await lists()).toEqual(before)
    const id = await current(codes[0]!)
    await change(id, 'revoke', 'error')
    await publishAll()
    const { statusListId } = await context.db.certificate.findUniqueOrThrow({ where: { certificateId: id } })
    const changed = (await lists()).filter(({ generatedAt }) => generatedAt.getTime() === now.getTime())
    expect(changed.map(({ listId }) => listId)).toEqual([statusListId, statusListId, statusListId])
  })

  test('a list is signed anew long before it runs out, without any change', async () => {
    await publishAll()
    now = new Date('2026-05-12T22:29:00.000Z')
    expect(await publishLists(publisher)).toBe(0)
    now = new Date('2026-05-12T22:31:00.000Z')
    await publishAll()
    expect((await lists()).map(({ validUntil }) => validUntil.toISOString())).toEqual(
      Array.from({ length: 3 }, () => '2026-05-13T22:31:00.000Z'),
    )
  })

  test('after a rotation of the key every list is signed anew, at once', async () => {
    const { id } = await aCertificate()
    await change(id, 'revoke', 'fraud')
    await publishAll()
    const key2 = aSigner2((multikey) => `did:web:localhost%3A3000#${multikey}`)
    publisher = { ...publisher, key2 }
    publicKey = key2.publicKey
    await publishAll()
    expect((await says(id)).message).toBe(3)
    expect(new Set((await lists()).map(({ signedBy }) => signedBy))).toEqual(new Set([key2.verificationMethod]))
    expect(await publishLists(publisher)).toBe(0)
  })

  test('of two living workers with different keys the one with the older key signs what changed, and nothing again', async () => {
    const { id } = await aCertificate()
    const newer = { ...publisher, key2: aSigner2((multikey) => `did:web:localhost%3A3000#${multikey}`) }
    for (const { key2 } of [publisher, newer]) {
      expect(await takeIntoUse(context.db, { key: key2.publicKey, type: 'ED25519' }, now)).toBe(true)
    }
    while ((await publishLists(newer)) > 0);
    // Neither has anything to do, in turn, however often they look.
    for (const each of [publisher, newer, publisher, newer]) expect(await publishLists(each)).toBe(0)
    await change(id, 'revoke', 'fraud')
    expect(await publishLists(publisher)).toBe(1)
    expect((await says(id)).message).toBe(3)
    expect(await publishLists(newer)).toBe(1)
    for (const each of [publisher, newer, publisher]) expect(await publishLists(each)).toBe(0)
    expect(new Set((await lists()).map(({ signedBy }) => signedBy))).toEqual(new Set([newer.key2.verificationMethod]))
  })

  test('with a slow signer the list that changed first is published first, and every entry in the end', async () => {
    publisher = { ...publisher, listLength: 4 }
    const ids: string[] = []
    for (let list = 1; list <= 3; list++) {
      ids.push(await current((await certified(1))[0]!))
      await context.db.$executeRaw`update status_list set length = used`
    }
    await publishAll()
    const slow: Publisher['key2'] = {
      ...publisher.key2,
      sign(bytes) {
        now = new Date(now.getTime() + 2000)
        return publisher.key2.sign(bytes)
      },
    }
    for (const id of ids.toReversed()) await change(id, 'revoke', 'fraud')
    const messages = () => Promise.all(ids.map(async (id) => (await says(id)).message))
    const waiting = () => context.db.statusEntry.count({ where: { listedAt: null } })
    for (const expected of [
      [0, 0, 3],
      [0, 3, 3],
      [3, 3, 3],
    ]) {
      expect(await publishLists({ ...publisher, key2: slow })).toBe(1)
      expect(await messages()).toEqual(expected)
      expect(await waiting()).toBe(expected.filter((message) => message === 0).length)
    }
  })

  test('an entry that becomes visible after one with a higher id is not lost', async () => {
    const [first, second] = [await aCertificate(), await aCertificate()]
    await publishAll()
    const late = new pg.Client({ connectionString: database.url })
    await late.connect()
    await late.query('begin')
    await late.query(`update certificate set state = 'revoked' where certificate_id = $1`, [first.id])
    await late.query(
      `insert into status_entry (certificate_id, state, reason, actor_kind, actor_id, actor_name, at)
       values ($1, 'revoked', '{"cause":"error"}', 'client', 'x', 'x', now())`,
      [first.id],
    )
    await change(second.id, 'revoke', 'fraud')
    await publishAll()
    expect([(await says(first.id)).message, (await says(second.id)).message]).toEqual([0, 3])
    await late.query('commit')
    await late.end()
    await publishAll()
    expect([(await says(first.id)).message, (await says(second.id)).message]).toEqual([2, 3])
  })

  test('full lists roll over, and each list is there before its first certificate', async () => {
    publisher = { ...publisher, listLength: 10 }
    await publishAll()
    for (let round = 0; round < 4; round++) {
      const ids = await Promise.all((await certified(5)).map(current))
      for (const id of ids) expect(await says(id)).toEqual(VALID)
      await publishAll()
    }
    expect(await context.db.statusList.count()).toBeGreaterThanOrEqual(2)
    const rows = await context.db.certificate.findMany({ select: { statusListId: true, statusIndex: true } })
    expect(new Set(rows.map((row) => `${row.statusListId}/${row.statusIndex}`)).size).toBe(20)
  })
})

describe('several publishers', () => {
  test('at once: every change is in the lists, every entry has one number, none is left out', async () => {
    const codes = await certified(12)
    const ids = await Promise.all(codes.map(current))
    const stop = new AbortController()
    const loops = [1, 2, 3].map(() => runStatusLists(publisher, stop.signal))
    try {
      await Promise.all(ids.map((id, n) => change(id, n % 2 ? 'revoke' : 'suspend', 'fraud')))
      await until(async () => (await context.db.statusEntry.count({ where: { listedAt: null } })) === 0)
    } finally {
      stop.abort()
      await Promise.all(loops)
    }
    for (const [n, id] of ids.entries()) expect((await says(id)).message).toBe(n % 2 ? 3 : 4)
    const positions = await context.db.statusEntry.findMany({ orderBy: { position: 'asc' } })
    expect(positions.map(({ position }) => position)).toEqual(ids.map((_, n) => n + 1))
  })

  test.each<PublishStep>(['lists read', 'lists signed', 'lists marked'])(
    'one that fails at "%s" leaves everything to the next one',
    async (step) => {
      const { id } = await aCertificate()
      await publishAll()
      await change(id, 'revoke', 'fraud')
      const failing = {
        ...publisher,
        onPublish(at: PublishStep) {
          if (at === step) throw new Error('gone')
        },
      }
      await expect(publishLists(failing)).rejects.toThrow('gone')
      expect(await says(id)).toEqual(VALID)
      expect(await context.db.statusEntry.count({ where: { listedAt: null } })).toBe(1)
      await publishAll()
      expect((await says(id)).message).toBe(3)
    },
  )
})

async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 25))
}
