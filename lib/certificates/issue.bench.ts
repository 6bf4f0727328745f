/** How many updates are accepted and issued in a second, all steps on, against the embedded database with its waits for the disk. */
import { acceptCertify, acceptUpdates } from './accept'
import { liveContext } from './context'
import { issueNext, type Issuer } from './issue'
import { loadSigningKey } from '@/lib/signing/keys'
import { aCaller, aRequest, options } from '@/lib/testing/builders'
import { printTable } from '@/lib/testing/measure'

const context = liveContext()
const caller = aCaller()
let count = 0
const rows: string[][] = []

async function perSecond(
  name: string,
  clients: number,
  itemsEach: number,
  seconds: number,
  work: (n: number) => Promise<number>,
) {
  let items = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - start < seconds * 1000) {
        // Not `items += await …`: that reads the sum before it waits.
        const done = await work(count++)
        items += done
      }
    }),
  )
  const rate = items / ((performance.now() - start) / 1000)
  rows.push([name, String(clients), String(itemsEach), rate.toFixed(0)])
}

async function certify(n: number, items: number): Promise<number> {
  const requests = Array.from({ length: items }, (_, item) => aRequest({ preEnrollmentCode: `B${n}-${item}` }))
  await acceptCertify(context, caller, requests, options({ method: 'POST' }))
  return items
}

await perSecond('accept a certify', 1, 1, 3, (n) => certify(n, 1))
await perSecond('accept a certify', 8, 1, 3, (n) => certify(n, 1))
await perSecond('accept a certify', 1, 20, 3, (n) => certify(n, 20))

for (const keyType of ['RSA', 'ED25519'] as const) {
  const settings = { ...context.settings, signing: { ...context.settings.signing, keyType } }
  const issuer: Issuer = { ...context, settings, key: await loadSigningKey(settings) }
  await perSecond(`issue, ${keyType} (one process)`, 1, 16, 5, () => issueNext(issuer, 16))
}

// Updates: everything accepted so far gets its certificate first, then one update each.
const issuer: Issuer = { ...context, key: await loadSigningKey(context.settings) }
await context.db.$executeRaw`delete from transaction where state = 'pending'`
const codes = await context.db.lineage.findMany({
  where: { headRevision: 0 },
  select: { preEnrollmentCode: true },
  take: 600,
})
let next = 0
const start = performance.now()
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (let code = codes[next++]; code; code = codes[next++]) {
      const request = aRequest({ ...code, recipient: { name: 'Corrected' } })
      await acceptUpdates(context, caller, [request], options())
    }
  }),
)
rows.push(['accept an update', '8', '1', (codes.length / ((performance.now() - start) / 1000)).toFixed(0)])
const issuing = performance.now()
while ((await issueNext(issuer, 16)) > 0);
rows.push([
  `issue an update, ${issuer.key.type} (one process)`,
  '1',
  '16',
  (codes.length / ((performance.now() - issuing) / 1000)).toFixed(0),
])

printTable(['what', 'clients', 'items at once', 'per second'], rows)
await context.db.$disconnect()
