import { spawn } from 'node:child_process'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { issueNext, type Step } from '@/lib/certificates/issue'
import { findLineages } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import { metrics } from '@/lib/operations/metrics'
import { setEnvironment } from '@/lib/testing/api'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { crashTests, environmentOf, until } from '@/lib/testing/crash'

const crash = crashTests()
const { worker, kill, endLeases } = crash
let context: Context
let racerFile: string
let code: string
let count = 0
const caller = aCaller()

beforeAll(async () => {
  racerFile = await bundle('lib/testing/racing-client.ts')
})
beforeEach(() => {
  context = crash.context
  setEnvironment(context.settings.database.url)
  code = `P${++count}`
})

const certify = (codes: string[]) =>
  acceptCertify(
    context,
    caller,
    codes.map((one) => aRequest({ preEnrollmentCode: one })),
    options({ method: 'POST' }),
  )
const update = (name: string, of = code) =>
  acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: of, recipient: { name } })], options())
const lineage = async (of = code) => (await findLineages(context, caller, { preEnrollmentCode: of })).lineages[0]!

describe('a worker killed with kill -9', () => {
  test('before it claimed anything: what was accepted is issued by the next one', async () => {
    const idle = await worker('ready')
    await kill(idle)
    await certify([code])
    await worker('ready')
    await until(async () => (await lineage()).state === 'current')
  })

  test.each<Step>(['claimed', 'signed', 'written', 'committed'])(
    'at "%s": every accepted item is issued exactly once',
    async (step) => {
      await certify([code, `${code}b`, `${code}c`])
      await kill(await worker(`at ${step}`, step))
      await endLeases()
      await worker('ready')
      for (const one of [code, `${code}b`, `${code}c`]) {
        const found = await until(async () => {
          const view = await lineage(one)
          return view.state === 'current' && view
        })
        expect(found.history).toHaveLength(1)
        expect(found.transactions).toEqual([])
      }
      const [row] = await context.db.$queryRaw<{ n: bigint }[]>`select count(*) as n from certificate`
      expect(row!.n).toBe(3n)
    },
  )

  test.each<Step>(['claimed', 'signed', 'written', 'committed'])(
    'at "%s" of a move: the new dose stays kept until the certificate is there, and is its own then',
    async (step) => {
      await certify([code])
      await issueAll(await anIssuer(context))
      const moved = [aRequest({ preEnrollmentCode: code, meta: { correctedDose: 2 } })]
      await acceptUpdates(context, caller, moved, options())
      await kill(await worker(`at ${step}`, step))
      const rival = () =>
        acceptCertify(
          context,
          caller,
          [aRequest({ preEnrollmentCode: code, vaccination: { dose: 2 }, recipient: { name: 'Rival' } })],
          options({ method: 'POST' }),
        )
      const code2 = step === 'committed' ? 'ALREADY_CERTIFIED' : 'DOSE_TAKEN'
      await expect(rival()).rejects.toMatchObject({ code: code2 })
      expect(await lineage()).toMatchObject({ dose: step === 'committed' ? 2 : 1, state: 'current' })
      await endLeases()
      await worker('ready')
      const found = await until(async () => {
        const view = await lineage()
        return view.dose === 2 && view
      })
      expect(found).toMatchObject({ updatesIssued: 1, transactions: [] })
      expect(found.history.map((version) => version.state)).toEqual(['current', 'superseded'])
      const [row] = await context.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from lineage`
      expect(row!.n).toBe(1)
    },
  )

  test('in the middle of an update: the old certificate stays current until the new one is there', async () => {
    await certify([code])
    await issueAll(await anIssuer(context))
    await update('Changed')
    await kill(await worker('at written', 'written'))
    const between = await lineage()
    expect(between.history.map((version) => version.state)).toEqual(['current'])
    expect(between.updatesPending).toBe(1)
    await endLeases()
    await worker('ready')
    await until(async () => (await lineage()).updatesIssued === 1)
    expect((await lineage()).history.map((version) => version.state)).toEqual(['current', 'superseded'])
  })
})

test('several worker processes at once issue everything exactly once, each lineage in order', async () => {
  const codes = Array.from({ length: 30 }, (_, n) => `${code}-${n}`)
  await certify(codes)
  for (let n = 1; n <= 3; n++) {
    const requests = codes.map((one) => aRequest({ preEnrollmentCode: one, recipient: { name: `Name ${n}` } }))
    await acceptUpdates(context, caller, requests, options())
  }
  await Promise.all([worker('ready'), worker('ready'), worker('ready')])
  await until(async () => {
    const [row] = await context.db.$queryRaw<
      { n: bigint }[]
    >`select count(*) as n from transaction where state = 'pending'`
    return row!.n === 0n
  })
  for (const one of codes) {
    const { history } = await lineage(one)
    expect(history.map((version) => version.version)).toEqual([4, 3, 2, 1])
    expect(history.map((version) => version.changes[0]?.after)).toEqual(['Name 3', 'Name 2', 'Name 1', undefined])
  }
})

test('100 updates of one lineage from two processes, with workers issuing meanwhile: exactly 5 are accepted and issued', async () => {
  await certify([code])
  await Promise.all([worker('ready'), worker('ready')])
  const outcomes = (await Promise.all([race(0), race(50)])).flat()
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(5)
  expect(outcomes.filter((outcome) => outcome === 'UPDATE_LIMIT_REACHED')).toHaveLength(95)
  const { history, updatesRemaining } = await until(async () => {
    const view = await lineage()
    return view.updatesIssued === 5 && view
  })
  expect(updatesRemaining).toBe(0)
  expect(history).toHaveLength(6)
  expect(history.filter((version) => version.state === 'current')).toHaveLength(1)
  history
    .slice(0, -1)
    .forEach((version, n) => expect(version.previousCertificateId).toBe(history[n + 1]!.certificateId))
})

async function race(from: number): Promise<string[]> {
  const child = spawn(process.execPath, [racerFile, code, String(from), '50'], { env: environmentOf(context) })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.pipe(process.stderr)
  await new Promise((resolve) => child.once('close', resolve))
  return JSON.parse(text)
}

test('the registry and the page say the time of issue that is signed, however long the writing took', async () => {
  let tick = Date.parse('2026-05-12T23:59:59.000Z')
  await certify([code])
  await issueAll({ ...(await anIssuer(context)), now: () => new Date((tick += 700)) })
  const [row] = await context.db.$queryRaw<{ issuedAt: Date; credential: string }[]>`
    select issued_at as "issuedAt", credential from certificate`
  expect(row!.issuedAt.toISOString()).toBe(JSON.parse(row!.credential).issuanceDate)
})

describe('what cannot be issued', () => {
  test('an unreadable QR code: nothing becomes current, the place is given back, the old certificate stays', async () => {
    await certify([code])
    await issueAll(await anIssuer(context))
    const byHand = aCaller({ kind: 'operator', channel: 'screen', roles: ['supervisor'] })
    const request = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Unreadable' } })]
    await acceptUpdates(context, byHand, request, options())
    await issueAll(await anIssuer(context, { scan: async () => null }))
    const view = await lineage()
    expect(view.transactions[0]).toMatchObject({ state: 'failed', failure: { code: 'UNREADABLE_QR' } })
    expect(view).toMatchObject({ state: 'current', updatesUsed: 0, updatesRemaining: 5 })
  })

  test('a correction made on screen is issued after its QR code was read back from the picture', async () => {
    await certify([code])
    const byHand = aCaller({ kind: 'operator', channel: 'screen', roles: ['supervisor'] })
    await acceptUpdates(
      context,
      byHand,
      [aRequest({ preEnrollmentCode: code, recipient: { name: 'සරස්වතී' } })],
      options(),
    )
    await issueAll(await anIssuer(context))
    const [row] = await context.db.$queryRaw<{ checks: { qrScanned: boolean } }[]>`
      select checks from certificate where revision = 1`
    expect(row!.checks.qrScanned).toBe(true)
  })

  test('when the original fails its updates fail too, and the code can be certified again', async () => {
    const refuse = await anIssuer(context, { scan: async () => null })
    const byHand = aCaller({ kind: 'operator', channel: 'screen', roles: ['supervisor'] })
    await acceptCertify(context, byHand, [aRequest({ preEnrollmentCode: code })], options({ method: 'POST' }))
    await update('Waiting for the original')
    const counted = async () => (await metrics.notIssued.get()).values.map(({ labels, value }) => [labels.code, value])
    metrics.notIssued.reset()
    await issueAll(refuse)
    expect(await counted()).toEqual([
      ['UNREADABLE_QR', 1],
      ['PREVIOUS_FAILED', 1],
    ])
    const failed = await lineage()
    expect(failed.state).toBe('failed')
    expect(failed.transactions.map((transaction) => transaction.failure?.code)).toEqual([
      'PREVIOUS_FAILED',
      'UNREADABLE_QR',
    ])
    await expect(update('Nothing to update')).rejects.toBeInstanceOf(Refusal)
    const again = await certify([code])
    expect(again.results[0]!.status).toBe('accepted')
    await issueAll(await anIssuer(context))
    expect((await lineage()).state).toBe('current')
  })

  test('when an update fails for good, a later one keeps its place and takes the real predecessor', async () => {
    await certify([code])
    const original = (await lineage()).transactions[0]!.certificateId
    await issueAll(await anIssuer(context))
    const byHand = aCaller({ kind: 'operator', channel: 'screen', roles: ['supervisor'] })
    await acceptUpdates(
      context,
      byHand,
      [aRequest({ preEnrollmentCode: code, recipient: { name: 'Fails' } })],
      options(),
    )
    await update('Comes after')
    await issueAll(await anIssuer(context, { scan: async () => null }))
    const { history, updatesUsed } = await lineage()
    expect(updatesUsed).toBe(1)
    expect(history[0]).toMatchObject({ version: 2, previousCertificateId: original, state: 'current' })
  })

  test('an error of ours is tried again and holds up only its own lineage', async () => {
    await certify([code, `${code}b`])
    let broken = true
    const issuer = await anIssuer(context)
    const uncertain = {
      ...issuer,
      key: new Proxy(issuer.key, {
        get(key, name) {
          if (name === 'sign' && broken) {
            broken = false
            throw new Error('the key store is away')
          }
          return Reflect.get(key, name)
        },
      }),
    }
    await issueNext(uncertain, 16)
    const views = [await lineage(), await lineage(`${code}b`)]
    expect(views.map((view) => view.state).sort()).toEqual(['being_issued', 'current'])
    const stuck = views.find((view) => view.state === 'being_issued')!
    expect(stuck.transactions[0]).toMatchObject({ state: 'pending', stuck: true, attempts: 1 })
    await context.db.$executeRaw`update transaction set next_attempt_at = now() - interval '1 second'`
    await issueAll(uncertain)
    expect((await lineage(stuck.preEnrollmentCode)).state).toBe('current')
  })
})
