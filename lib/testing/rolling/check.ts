/** After a rolling update: prints what was lost, issued twice or half done, as JSON. Asked with the acknowledged ids on standard input. */
import { text } from 'node:stream/consumers'
import { liveContext } from '@/lib/certificates/context'
import { halfDone, waiting } from '@/lib/testing/survival/registry'

const { db } = liveContext()
const ids = JSON.parse(await text(process.stdin)) as string[]
while ((await waiting(db)) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
const issued = await db.certificate.count({ where: { transactionId: { in: ids } } })
const failed = await db.transaction.findMany({ where: { state: 'failed' }, select: { failureCode: true } })
process.stdout.write(
  JSON.stringify({
    'acknowledged and not issued': ids.length - issued,
    'issued beyond what was acknowledged': (await db.certificate.count()) - ids.length,
    failed: failed.length,
    ...(await halfDone(db)),
  }),
)
await db.$disconnect()
