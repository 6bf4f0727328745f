import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Step } from '@/lib/certificates/issue'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { bundle } from '@/lib/testing/bundle'
import { openTestDatabase } from '@/lib/testing/database'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { killed, says } from '@/lib/testing/worker-child'
import { addReissue, startReissue } from './decide'
import { readReissue } from './read'
import { runReissues, type ReissueStep } from './run'

const CERTIFICATES = 30

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let workerFile: string
let admin: Caller
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

/** A run of more than one group that is about to begin. */
async function begun(): Promise<string> {
  const { results } = await acceptCertify(
    context,
    aCaller(),
    [aRequest({ preEnrollmentCode: 'C0' })],
    options({ method: 'POST' }),
  )
  await issueAll(await anIssuer(context))
  await copyCertificate(context.db, results[0]!.certificateId!, CERTIFICATES - 1, { prefix: 'C' })
  const id = randomUUID()
  admin = aCaller({ kind: 'operator', channel: 'screen', id, name: 'Asha', roles: ['administrator'] })
  const all = { key: null, before: null, programId: null, facilityCode: null, district: null, codes: [] }
  const wanted = { type: 'VaccinationCertificate', choice: { which: 'all' as const, ...all } }
  const { reissueId } = await addReissue(context, admin, {
    ...wanted,
    attempt: randomUUID(),
    reason: 'Crash',
    // Groups of twenty.
    perMinute: 1200,
  })
  while ((await readReissue(context, admin, reissueId)).state === 'checking') await runReissues(context)
  await startReissue(context, admin, reissueId)
  return reissueId
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

/** The lease of a killed worker would run out after some seconds: here it has. */
const leasesOver = () =>
  context.db.$executeRaw`update transaction set lease_until = now() - interval '1 second' where lease_until is not null`

async function done(reissueId: string): Promise<void> {
  while ((await readReissue(context, admin, reissueId)).state !== 'done')
    await new Promise((resolve) => setTimeout(resolve, 50))
}

test.each<ReissueStep | Step>(['reissue taken', 'reissue written', 'reissue committed', 'signed'])(
  'a worker killed with kill -9 at "%s": the next one does the rest, each certificate once and none lost',
  async (step) => {
    const reissueId = await begun()
    await kill(await worker(`at ${step}`, step))
    await leasesOver()
    await worker('ready')
    await done(reissueId)
    expect((await readReissue(context, admin, reissueId)).progress).toMatchObject({
      total: CERTIFICATES,
      done: CERTIFICATES,
      failed: 0,
    })
    const [row] = await context.db.$queryRaw<{ made: number; replaced: number; current: number; lineages: number }[]>`
      select (select count(*)::int from transaction where kind = 'reissue') as made,
             (select count(*)::int from certificate where state = 'superseded') as replaced,
             (select count(*)::int from certificate where state = 'current' and revision = 1) as current,
             (select count(distinct lineage_id)::int from transaction where kind = 'reissue' and state = 'issued') as lineages`
    expect(row).toEqual({
      made: CERTIFICATES,
      replaced: CERTIFICATES,
      current: CERTIFICATES,
      lineages: CERTIFICATES,
    })
  },
)
