/** Real workers on machines whose clocks are hours off, and jump: no lease is stolen, nothing issued twice, nothing out of order. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { issueNext } from '@/lib/certificates/issue'
import { endWaitsOfAClockPutBack } from '@/lib/certificates/store-issue'
import { setEnvironment } from '../api'
import { aCaller, anIssuer, aRequest, options } from '../builders'
import { bundle } from '../bundle'
import { crashTests, until } from '../crash'
import { says } from '../worker-child'
import { halfDone, NOTHING, waiting } from './registry'

const SHIFTED = pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs')).href
/** Between the clocks of this test and of the database, with all that a slow machine takes. */
const NEAR_MS = 120_000

const crash = crashTests({ live: true })
const caller = aCaller()
beforeEach(() => setEnvironment(crash.context.settings.database.url))

const shifted = (hours: number) => ({ env: { SHIFT_HOURS: String(hours), NODE_OPTIONS: `--import ${SHIFTED}` } })

const certify = (codes: string[]) =>
  acceptCertify(
    crash.context,
    caller,
    codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode })),
    options({ method: 'POST' }),
  )

const update = (codes: string[], name: string) =>
  acceptUpdates(
    crash.context,
    caller,
    codes.map((preEnrollmentCode) => aRequest({ preEnrollmentCode, recipient: { name } })),
    options(),
  )

test('three hours ahead and three behind, jumping on: everything once, in order, with the time of the database', async () => {
  const { db } = crash.context
  const began = Date.now()
  const file = await bundle('lib/worker.ts')
  const workers = [3, -3].map((hours) => crash.start(file, shifted(hours)))
  const codes = Array.from({ length: 24 }, (_, n) => `T${n}`)
  await certify(codes)
  for (let round = 1; round <= 4; round++) {
    for (const worker of workers) worker.send('jump')
    await update(codes, `Round ${round}`)
    await until(async () => (await db.certificate.count()) >= codes.length * round)
  }
  await until(async () => (await waiting(db)) === 0)
  expect(await halfDone(db)).toEqual(NOTHING)
  expect(await db.certificate.count()).toBe(codes.length * 5)
  await until(async () => (await db.statusEntry.count({ where: { listedAt: null } })) === 0)
  await until(async () => (await db.auditSeal.count()) > 0)

  const near = (at: Date) => at.getTime() > began - NEAR_MS && at.getTime() < Date.now() + NEAR_MS
  const certificates = await db.certificate.findMany({ orderBy: [{ lineageId: 'asc' }, { revision: 'asc' }] })
  expect(certificates.filter(({ issuedAt }) => !near(issuedAt))).toEqual([])
  for (const { credential, issuedAt } of certificates)
    expect(JSON.parse(credential).issuanceDate).toBe(issuedAt.toISOString())
  const lists = await db.statusListCredential.findMany()
  expect(lists.map(({ generatedAt }) => near(generatedAt))).toEqual([true, true, true])
  const seals = await db.auditSeal.findMany({ orderBy: { n: 'asc' } })
  expect(seals.map(({ at }) => at)).toEqual(seals.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime()))
  expect(seals.every(({ at }) => near(at))).toBe(true)
  const entries = await db.statusEntry.findMany({ orderBy: { position: 'asc' } })
  expect(entries.map(({ position }) => position)).toEqual(entries.map((_, n) => n + 1))
})

test('a lease that runs is left alone by a worker three hours ahead', async () => {
  const { db } = crash.context
  const file = await bundle('lib/worker.ts')
  await certify(['L1'])
  const holder = crash.start(file, { afterSql: 'lease_token = $' })
  await says(holder, 'at sql')
  const leased = await db.transaction.findFirstOrThrow()
  // On a slow machine the 15 seconds could be over before the other worker is up.
  await db.$executeRaw`update transaction set lease_until = now() + interval '2 minutes' where lease_token is not null`
  crash.start(file, shifted(3))
  // It works: what comes later is issued, what is leased is not.
  await certify(['L2'])
  await until(async () => (await db.certificate.count()) === 1)
  const still = await db.transaction.findUniqueOrThrow({ where: { id: leased.id } })
  expect([still.state, still.leaseToken, still.attempts]).toEqual(['pending', leased.leaseToken, 1])
  await crash.kill(holder)
  await crash.endLeases()
  await until(async () => (await waiting(db)) === 0)
  expect(await db.certificate.count()).toBe(2)
})

test('issued while the database’s own clock was ahead: what replaces it is not older', async () => {
  const { context } = crash
  const ahead = new Date(Date.now() + 3 * 60 * 60_000)
  await certify(['O1'])
  await issueNext({ ...(await anIssuer(context)), now: () => ahead }, 16)
  await update(['O1'], 'Later')
  await issueNext(await anIssuer(context), 16)
  const issued = await context.db.certificate.findMany({ orderBy: { revision: 'asc' } })
  expect(issued.map(({ state }) => state)).toEqual(['superseded', 'current'])
  expect(issued[1]!.issuedAt).toEqual(ahead)
  expect(JSON.parse(issued[1]!.credential).issuanceDate).toBe(ahead.toISOString())
})

test('the clock of the database put back by three hours: what would wait for hours is issued within a minute, once', async () => {
  const { context } = crash
  const issuer = await anIssuer(context)
  await certify(['B1', 'B2'])
  await context.db.$executeRaw`update transaction set next_attempt_at = now() + interval '3 hours'`
  const putBack = () =>
    context.db
      .$executeRaw`update transaction set lease_until = now() + interval '3 hours' where lease_token is not null`
  expect(await issueNext(issuer, 16)).toBe(0)
  expect(await endWaitsOfAClockPutBack(context.db)).toBe(2)
  // One claims them, the clock goes back again, others take over; the first one finds its lease gone.
  const first = issueNext(
    {
      ...issuer,
      async onStep(step) {
        if (step !== 'signed') return
        await putBack()
        expect(await issueNext(issuer, 16)).toBe(0)
        expect(await endWaitsOfAClockPutBack(context.db)).toBe(2)
        expect(await issueNext(issuer, 16)).toBe(2)
      },
    },
    16,
  )
  expect(await first).toBe(2)
  expect(await context.db.certificate.count()).toBe(2)
  expect(await halfDone(context.db)).toEqual(NOTHING)
})

test('a web server whose clock jumps ahead by two days does not do again what was done under a key', async () => {
  const item = [aRequest({ preEnrollmentCode: 'I1', recipient: { name: 'Once' } })]
  const keyed = options({ method: 'POST', idempotencyKey: 'the same' })
  const first = await acceptCertify(crash.context, caller, item, keyed)
  const later = { ...crash.context, now: () => new Date(Date.now() + 48 * 60 * 60_000) }
  expect(await acceptCertify(later, caller, item, keyed)).toEqual(first)
  expect(await crash.context.db.transaction.count()).toBe(1)
})
