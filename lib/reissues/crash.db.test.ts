import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Step } from '@/lib/certificates/issue'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { crashTests, until } from '@/lib/testing/crash'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { addReissue, startReissue } from './decide'
import { readReissue } from './read'
import { runReissues, type ReissueStep } from './run'

const CERTIFICATES = 30

const crash = crashTests()
let admin: Caller

/** A run of more than one group that is about to begin. */
async function begun(): Promise<string> {
  const { context } = crash
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

const read = (reissueId: string) => readReissue(crash.context, admin, reissueId)

test.each<ReissueStep | Step>(['reissue taken', 'reissue written', 'reissue committed', 'signed'])(
  'a worker killed with kill -9 at "%s": the next one does the rest, each certificate once and none lost',
  async (step) => {
    const reissueId = await begun()
    await crash.kill(await crash.worker(`at ${step}`, step))
    await crash.endLeases()
    await crash.worker('ready')
    await until(async () => (await read(reissueId)).state === 'done')
    expect((await read(reissueId)).progress).toMatchObject({
      total: CERTIFICATES,
      done: CERTIFICATES,
      failed: 0,
    })
    const [row] = await crash.context.db.$queryRaw<
      { made: number; replaced: number; current: number; lineages: number }[]
    >`
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
