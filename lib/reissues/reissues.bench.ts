/** How long it takes to count and look through 20,000 certificates, how many are issued anew a second, and how long somebody waits meanwhile. */
import { randomUUID } from 'node:crypto'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { issueNext } from '@/lib/certificates/issue'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { printTable, quantile } from '@/lib/testing/measure'
import { addReissue, startReissue, steerReissue } from './decide'
import { countReissue, readReissue } from './read'
import { runReissues } from './run'

const MANY = 20_000
/** Issued anew for the figure. */
const ISSUED = 600
const CLAIM = 16
const context = liveContext()
const issuer = await anIssuer(context)
const rows: string[][] = []
const admin = aCaller({ kind: 'operator', channel: 'screen', id: randomUUID(), name: 'Asha', roles: ['administrator'] })
const choice = {
  which: 'all' as const,
  ...{ key: null, before: null, programId: null, facilityCode: null, district: null, codes: [] },
}
const wanted = { type: 'VaccinationCertificate', choice }

async function certify(code: string): Promise<string> {
  const item = aRequest({ preEnrollmentCode: code })
  const { results } = await acceptCertify(context, aCaller(), [item], options({ method: 'POST' }))
  return results[0]!.certificateId!
}

async function timed(what: string, n: number, work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  const ms = performance.now() - start
  rows.push([what, ms.toFixed(0), (n / (ms / 1000)).toFixed(0)])
}

const original = await certify('first')
await issueAll(issuer)
await copyCertificate(context.db, original, MANY - 1, { prefix: 'many-' })
await context.db.$executeRawUnsafe('vacuum analyze')

await timed(`count ${MANY}`, MANY, () => countReissue(context, admin, { ...wanted, after: null }))
const attempt = randomUUID()
await timed(`keep ${MANY}`, MANY, () =>
  addReissue(context, admin, { ...wanted, attempt, reason: 'Bench', perMinute: 60_000 }),
)
const state = async () => (await readReissue(context, admin, attempt)).state
await timed(`look through ${MANY}, one worker`, MANY, async () => {
  while ((await runReissues(context)) > 0);
})
await timed(`read one with ${MANY}`, 1, () => readReissue(context, admin, attempt))
if ((await state()) !== 'ready') throw new Error('It was to be looked through.')
await startReissue(context, admin, attempt)
const done = async () => (await readReissue(context, admin, attempt)).progress.done
await timed(`issue ${ISSUED} anew, one worker, each QR code read back from its picture`, ISSUED, async () => {
  while ((await done()) < ISSUED) {
    await runReissues(context)
    await issueNext(issuer, CLAIM)
  }
})

// As the worker's loop does it: somebody who comes waits for the claim at hand, and for nothing else.
const waits: number[] = []
for (let n = 0; n < 20; n++) {
  await runReissues(context)
  const start = performance.now()
  const turn = issueNext(issuer, CLAIM)
  const certificateId = await certify(`somebody-${n}`)
  await turn
  while (!(await context.db.certificate.findUnique({ where: { certificateId } }))) {
    await issueNext(issuer, CLAIM)
    await runReissues(context)
  }
  waits.push(performance.now() - start)
}
await steerReissue(context, admin, attempt, 'stop')
rows.push([
  'ms until somebody new has a certificate meanwhile: median, 95th percentile',
  quantile(
    waits.sort((a, b) => a - b),
    0.5,
  ).toFixed(0),
  quantile(waits, 0.95).toFixed(0),
])
printTable(['what', 'ms', 'a second'], rows)
await context.db.$disconnect()
