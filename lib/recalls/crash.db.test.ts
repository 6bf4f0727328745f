import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { killed, says } from '@/lib/testing/worker-child'
import { confirmRecall } from './decide'
import { proposeRecall } from './propose'
import { readRecall } from './read'
import { GROUP, type RecallStep } from './run'

const CERTIFICATES = 450

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let workerFile: string
let first: Caller
const processes = new Set<ChildProcess>()

beforeAll(async () => {
  workerFile = await bundle('lib/testing/crash-worker.ts')
})
beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
})
afterEach(async () => {
  await Promise.all([...processes].map(kill))
  await context.db.$disconnect()
  await database.close()
})

async function person(): Promise<Caller> {
  const id = randomUUID()
  await context.db.operator.create({
    data: { id, username: id, name: id, passwordHash: 'x', roles: ['operator', 'supervisor'] },
  })
  return aCaller({ kind: 'operator', channel: 'screen', id, name: id, roles: ['operator', 'supervisor'] })
}

/** A confirmed recall of three groups. */
async function confirmed(): Promise<string> {
  const vaccination = { name: 'Covaxin', batch: 'CRASH' }
  const item = aRequest({ preEnrollmentCode: 'C0', vaccination })
  const { results } = await acceptCertify(context, aCaller(), [item], options({ method: 'POST' }))
  await issueAll(await anIssuer(context))
  await copyCertificate(context.db, results[0]!.certificateId!, CERTIFICATES - 1, { prefix: 'C' })
  first = await person()
  const wanted = { action: 'suspend' as const, criteria: { vaccine: 'Covaxin', batch: 'CRASH' } }
  const { recallId } = await proposeRecall(context, first, { ...wanted, attempt: randomUUID(), reason: 'Crash' })
  await confirmRecall(context, await person(), recallId, { batch: 'CRASH' })
  return recallId
}

/** Starts a worker process and waits for its message. */
async function worker(waitFor: string, stopAt = 'nowhere'): Promise<ChildProcess> {
  const { dataDir, database: db } = context.settings
  const env = {
    ...process.env,
    DATABASE_URL: db.url,
    DATA_DIR: dataDir,
    SIGNING_KEY_TYPE: 'ED25519',
    LOG_LEVEL: 'silent',
  }
  const child = fork(workerFile, [stopAt], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  processes.add(child)
  await says(child, waitFor)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  processes.delete(child)
  await killed(child)
}

async function done(recallId: string): Promise<void> {
  while ((await readRecall(context, first, recallId)).state !== 'done') await aMoment()
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50))

/** Entries that the recall wrote, and of how many certificates. */
async function entries(recallId: string): Promise<{ entries: number; certificates: number; suspended: number }> {
  const [row] = await context.db.$queryRaw<{ entries: number; certificates: number; suspended: number }[]>`
    select count(*)::int as entries, count(distinct s.certificate_id)::int as certificates,
           (select count(*)::int from certificate where state = 'suspended') as suspended
    from status_entry s where s.reason->>'recallId' = ${recallId}`
  return row!
}

describe('a worker killed with kill -9 in the middle of a recall', () => {
  test.each<RecallStep>(['recall taken', 'recall changed', 'recall written', 'recall committed'])(
    'at "%s": the next one does the rest, no row twice and none lost',
    async (step) => {
      const recallId = await confirmed()
      await kill(await worker(`at ${step}`, step))
      await worker('ready')
      await done(recallId)
      expect(await entries(recallId)).toEqual({
        entries: CERTIFICATES,
        certificates: CERTIFICATES,
        suspended: CERTIFICATES,
      })
      expect((await readRecall(context, first, recallId)).progress).toMatchObject({ done: CERTIFICATES, refused: 0 })
    },
  )

  test('while it has a group, others do the rest; killed, its group is done by them, no row twice', async () => {
    const recallId = await confirmed()
    const doomed = await worker('at recall changed', 'recall changed')
    await Promise.all([worker('ready'), worker('ready')])
    while ((await readRecall(context, first, recallId)).progress.done < CERTIFICATES - GROUP) await aMoment()
    expect((await readRecall(context, first, recallId)).state).toBe('running')
    await kill(doomed)
    await done(recallId)
    expect(await entries(recallId)).toMatchObject({ entries: CERTIFICATES, certificates: CERTIFICATES })
  })
})
