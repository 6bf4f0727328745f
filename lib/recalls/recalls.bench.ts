/** How long the preview of a recall takes among 200,000 certificates, and how many rows a second one worker does. */
import { randomUUID } from 'node:crypto'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { copyCertificate } from '@/lib/testing/many-certificates'
import { printTable, quantile, timesOf } from '@/lib/testing/measure'
import { confirmRecall } from './decide'
import { knownBatches, previewRecall, proposeRecall } from './propose'
import { readRecall } from './read'
import { runRecalls } from './run'

const BATCHES = 90
const EACH = 2000
const LARGE = 20_000
const context = liveContext()
const rows: string[][] = []

const [first, second] = await Promise.all(
  ['first', 'second'].map(async (name) => {
    const id = randomUUID()
    await context.db.operator.create({
      data: { id, username: name, name, passwordHash: 'x', roles: ['operator', 'supervisor'] },
    })
    return aCaller({ kind: 'operator', channel: 'screen', id, name })
  }),
)
const { results } = await acceptCertify(context, aCaller(), [aRequest()], options({ method: 'POST' }))
await issueAll(await anIssuer(context))
const original = results[0]!.certificateId!
for (let n = 0; n < BATCHES; n++) {
  const vaccination = { name: 'Covaxin', batch: `SMALL${n}` }
  await copyCertificate(context.db, original, EACH, { prefix: `small-${n}-`, vaccination })
}
await copyCertificate(context.db, original, LARGE, {
  prefix: 'large-',
  vaccination: { name: 'Covaxin', batch: 'LARGE' },
})
await context.db.$executeRawUnsafe('vacuum analyze')

const wanted = (batch: string, more = {}) => ({
  action: 'suspend' as const,
  criteria: { vaccine: 'covaxin', batch, ...more },
})

async function timed(what: string, work: () => Promise<unknown>) {
  const times = await timesOf(work, 3, 2)
  rows.push([what, quantile(times, 0.5).toFixed(0), quantile(times, 0.95).toFixed(0), ''])
}

async function once(what: string, n: number, work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  const ms = performance.now() - start
  rows.push([what, ms.toFixed(0), '', (n / (ms / 1000)).toFixed(0)])
}

await timed(`preview of ${EACH}`, () => previewRecall(context, first!, wanted('small 7')))
await timed(`preview of ${LARGE}`, () => previewRecall(context, first!, wanted('large')))
await timed(`preview of ${LARGE}, three days of vaccination`, () =>
  previewRecall(context, first!, wanted('large', { from: '2021-07-11', to: '2021-07-13' })),
)
await timed('preview of none', () => previewRecall(context, first!, wanted('nowhere')))
await timed('suggestions', () => knownBatches(context, first!, 'sm'))

const attempt = randomUUID()
await once('propose', LARGE, () => proposeRecall(context, first!, { ...wanted('large'), attempt, reason: 'Bench' }))
await timed('read what waits', () => readRecall(context, second!, attempt))
await once('confirm', LARGE, () => confirmRecall(context, second!, attempt, { batch: 'LARGE' }))
await timed('read what runs', () => readRecall(context, second!, attempt))
await once('carry out, one worker', LARGE, async () => {
  while ((await runRecalls(context)) > 0);
})

printTable(['what', 'ms (median or once)', 'ms (95th percentile)', 'rows a second'], rows)
await context.db.$disconnect()
