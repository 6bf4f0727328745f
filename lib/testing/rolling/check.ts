/** After a rolling update: prints what was lost, issued twice or half done, as JSON. Asked with the acknowledged ids on standard input. */
import { text } from 'node:stream/consumers'
import { verifyDatabase } from '@/lib/audit/verify.mjs'
import { liveContext } from '@/lib/certificates/context'
import { halfDone, waiting } from '@/lib/testing/survival/registry'

const { db } = liveContext()
const ids = JSON.parse(await text(process.stdin)) as string[]
const unlisted = () => db.statusEntry.count({ where: { listedAt: null } })
while ((await waiting(db)) + (await unlisted()) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
const log = await verifyDatabase((sql, values) => db.$queryRawUnsafe(sql, ...values))
const issued = await db.certificate.count({ where: { transactionId: { in: ids } } })
const failed = await db.transaction.count({ where: { state: 'failed' } })
process.stdout.write(
  JSON.stringify({
    'acknowledged and not issued': ids.length - issued,
    'issued beyond what was acknowledged': (await db.certificate.count()) - ids.length,
    failed,
    'an audit log that is not whole': log.ok ? 0 : 1,
    ...(await halfDone(db)),
  }),
)
await db.$disconnect()
