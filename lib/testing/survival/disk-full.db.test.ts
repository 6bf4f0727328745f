/** A disk that is really full, the database's and the log's: what was accepted stays, others are told, and with room everything goes on by itself. */
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { startChild } from '@/lib/start/children.mjs'
import { isDiskFull } from '@/lib/start/disk-space.mjs'
import { keepDatabase } from '@/lib/start/keep-running.mjs'
import { ask, aToken, setEnvironment } from '../api'
import { aCaller, aRequest, options } from '../builders'
import { bundle } from '../bundle'
import { crashTests, until } from '../crash'
import { ownServer, type OwnServer } from './own-server'
import { halfDone, NOTHING, waiting } from './registry'
import { smallDisk } from './small-disk'

const disk = smallDisk(320)
if (!disk)
  console.warn('Skipped: a disk that is really full needs a file system of its own, which only root may mount (Linux).')

describe.skipIf(!disk)('the disk of the database is full', () => {
  let server: OwnServer
  let workerFile: string
  let token: string
  let stopping = false
  let waitsForRoom = false
  const givenUp: string[] = []
  const crash = crashTests({ live: true, url: () => server.url })

  beforeAll(async () => {
    server = await ownServer({ dataDir: disk!.folder, settings: { min_wal_size: '32MB', max_wal_size: '48MB' } })
    // As the program that starts everything looks after it.
    keepDatabase({
      database: server.first,
      open: server.restart,
      isFull: () => (waitsForRoom = isDiskFull(disk!.folder)),
      isStopping: () => stopping,
      giveUp: (reason: string) => givenUp.push(reason),
    })
    setEnvironment(server.url)
    workerFile = await bundle('lib/worker.ts')
    token = await aToken()
  })
  afterAll(async () => {
    stopping = true
    disk!.free()
    await liveContext().db.$disconnect()
    await server.stop()
    disk!.remove()
  })

  const certify = (code: string, key: string) =>
    ask(contract.certify, {
      token,
      body: [aRequest({ preEnrollmentCode: `${code}-1` }), aRequest({ preEnrollmentCode: `${code}-2` })],
      headers: { 'idempotency-key': key },
    })

  /** Certifies one after the other until one is refused; the keys of all, by their code. */
  async function untilRefused(prefix: string, wanted: (message: string) => boolean) {
    const keys = new Map<string, string>()
    const refused = await until(async () => {
      const [code, key] = [`${prefix}${keys.size}`, randomUUID()]
      keys.set(code, key)
      const { status, body, headers } = await certify(code, key)
      if (status === 200) return false
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'REGISTRY_UNAVAILABLE', '5'])
      return wanted(body.message) && code
    })
    return { refused, keys }
  }

  /** Writes into the server's own log until it takes no more. */
  async function fillLog(): Promise<void> {
    const client = new pg.Client({ connectionString: server.url })
    client.on('error', () => {})
    try {
      await client.connect()
      for (;;) await client.query("select pg_logical_emit_message(true, 'fill', repeat('x', 1000000))")
    } catch {
      await client.end().catch(() => {})
    }
  }

  test('tables cannot grow, then the server itself ends: nothing is half done, and afterwards everything goes on', async () => {
    const { db } = liveContext()
    const env = { DATA_DIR: process.env.DATA_DIR!, NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET! }
    const worker = crash.start(workerFile, { env })
    await until(async () => (await ask(contract.ready)).body.checks.worker.ok)
    expect((await certify('first', randomUUID())).status).toBe(200)
    await until(async () => (await waiting(db)) === 0)
    worker.kill('SIGSTOP')
    const before = randomUUID()
    const accepted = (await certify('before', before)).body.results
    expect(accepted).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }])

    disk!.fill()
    worker.kill('SIGCONT')
    const { refused, keys } = await untilRefused('full', (message) => message.includes('disk of the registry is full'))
    expect(await db.lineage.count({ where: { preEnrollmentCode: { startsWith: `${refused}-` } } })).toBe(0)
    expect(
      (
        await db.transaction.findMany({
          where: { id: { in: accepted.map((one: { transactionId: string }) => one.transactionId) } },
        })
      ).length,
    ).toBe(2)

    // Then its log has no room either, and the whole server ends.
    await until(async () => {
      await fillLog()
      const { status } = await certify('dead', randomUUID())
      expect(status).toBe(503)
      return waitsForRoom
    })
    expect((await ask(contract.ready)).body.checks.database.ok).toBe(false)
    expect(givenUp).toEqual([])

    disk!.free()
    await until(async () => (await certify(refused, keys.get(refused)!)).status === 200)
    // Whoever repeats what was acknowledged is told the same.
    expect(
      (
        await until(async () => {
          const { status, body } = await certify('before', before)
          return status === 200 && body
        })
      ).results,
    ).toEqual(accepted)
    await crash.endLeases()
    await until(async () => (await waiting(db)) === 0)
    expect(await halfDone(db)).toEqual(NOTHING)
    expect(worker.exitCode).toBe(null)
    expect(givenUp).toEqual([])
  })
})

describe.skipIf(!disk || !existsSync('/dev/full'))('the disk of the log and of DATA_DIR is full', () => {
  const crash = crashTests({ live: true })

  test('a worker that can write no line issues all the same', async () => {
    const full = openSync('/dev/full', 'w')
    const { db } = crash.context
    const worker = crash.start(await bundle('lib/worker.ts'), { env: { LOG_LEVEL: 'trace' }, output: full })
    closeSync(full)
    await acceptCertify(crash.context, aCaller(), [aRequest()], options({ method: 'POST' }))
    await until(async () => (await db.certificate.count()) === 1)
    await until(async () => (await db.statusListCredential.count()) === 3)
    expect(worker.exitCode).toBe(null)
  })

  test('a program whose note cannot be written is started all the same', async () => {
    const small = smallDisk(1)!
    small.fill()
    let ended = ''
    const script = "process.stdout.write('a line that goes nowhere'); setInterval(() => {}, 1000)"
    const child = startChild({
      name: 'trial',
      dataDir: small.folder,
      args: ['--eval', script],
      env: process.env,
      onEnd: (how: string) => (ended = how),
    })
    expect(ended).toBe('')
    // Nor is half a note left behind.
    expect(readdirSync(join(small.folder, 'run'))).toEqual([])
    await child.stop()
    await until(async () => ended !== '')
    small.remove()
  })
})
