/** How many requests are accepted and issued in a second, all steps on, against the embedded database with its waits for the disk. */
import { verificationMethod2 } from '@/lib/signing/did-web'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { aCaller, aRequest, aSigner2, options } from '@/lib/testing/builders'
import { printTable } from '@/lib/testing/measure'
import { acceptCertify, acceptUpdates } from './accept'
import { liveContext } from './context'
import { issueNext } from './issue'

const EACH = 1500
const AT_ONCE = 16
const context = liveContext()
const caller = aCaller()
const rows: string[][] = []
const name = (n: number) => `Person ${n.toString(36)}`

/** Times `work` for the numbers 0 to EACH - 1, `clients` of them under way at a time, `items` numbers in one go. */
async function measure(what: string, clients: number, items: number, work: (numbers: number[]) => Promise<unknown>) {
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < EACH) {
        const from = next
        next += items
        await work(Array.from({ length: Math.min(items, EACH - from) }, (_, n) => from + n))
      }
    }),
  )
  report(what, clients, items, start)
}

function report(what: string, clients: number, items: number, start: number) {
  rows.push([what, String(clients), String(items), (EACH / ((performance.now() - start) / 1000)).toFixed(0)])
}

for (const keyType of ['RSA', 'ED25519'] as const) {
  const settings = { ...context.settings, signing: { ...context.settings.signing, keyType } }
  const key = await loadSigningKey(settings)
  const key2 = aSigner2((multikey) => verificationMethod2(settings.publicUrl, multikey))
  const issuer = { ...context, settings, key, sandboxKey: key, key2, sandboxKey2: key2 }
  const issueAll = async (what: string) => {
    const start = performance.now()
    while ((await issueNext(issuer, AT_ONCE)) > 0);
    report(`${what}, ${keyType}, one process`, 1, AT_ONCE, start)
  }
  const request = (n: number, more = {}) =>
    aRequest({ preEnrollmentCode: `${keyType}${n}`, recipient: { name: name(n) }, ...more })

  await measure('accept a certify', 1, 20, (numbers) =>
    acceptCertify(
      context,
      caller,
      numbers.map((n) => request(n)),
      options({ method: 'POST' }),
    ),
  )
  await issueAll('issue')
  await measure('accept an update', 8, 1, (numbers) =>
    acceptUpdates(
      context,
      caller,
      numbers.map((n) => request(n, { recipient: { name: `${name(n)} corrected` } })),
      options(),
    ),
  )
  await issueAll('issue an update')
}

printTable(['what', 'clients', 'items at once', 'per second'], rows)
await context.db.$disconnect()
