/**
 * How many requests are accepted and issued in a second, all steps on, against the embedded database with its waits for the
 * disk; what that costs in CPU time of this process, and how long its event loop stands still meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { verificationMethod2 } from '@/lib/signing/did-web'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { aCaller, aRequest, aSigner2, options } from '@/lib/testing/builders'
import { printTable } from '@/lib/testing/measure'
import { acceptCertify, acceptUpdates } from './accept'
import { liveContext } from './context'
import { issueNext } from './issue'

const EACH = 1500
/** As the pipeline does: claims of so many, two of which overlap. */
const AT_ONCE = 32
const OVERLAPPING = 2
/** Below this the clock of the loop itself is measured. */
const RESOLUTION_MS = 1
const context = liveContext()
const caller = aCaller()
const rows: string[][] = []
const name = (n: number) => `Person ${n.toString(36)}`

interface Measured {
  start: number
  cpu: NodeJS.CpuUsage
  delay: ReturnType<typeof monitorEventLoopDelay>
}

/** Times `work` for the numbers 0 to EACH - 1, `clients` of them under way at a time, `items` numbers in one go. */
async function measure(what: string, clients: number, items: number, work: (numbers: number[]) => Promise<unknown>) {
  let next = 0
  const measured = begin()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < EACH) {
        const from = next
        next += items
        await work(Array.from({ length: Math.min(items, EACH - from) }, (_, n) => from + n))
      }
    }),
  )
  report(what, clients, items, measured)
}

function begin(): Measured {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  return { start: performance.now(), cpu: process.cpuUsage(), delay }
}

function report(what: string, clients: number, items: number, { start, cpu, delay }: Measured) {
  const { user, system } = process.cpuUsage(cpu)
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1)
  delay.disable()
  rows.push([
    what,
    ...[clients, items].map(String),
    (EACH / ((performance.now() - start) / 1000)).toFixed(0),
    ((user + system) / 1000 / EACH).toFixed(2),
    `${ms(delay.percentile(50))} / ${ms(delay.percentile(99))} / ${ms(delay.max)}`,
  ])
}

for (const keyType of ['RSA', 'ED25519'] as const) {
  const settings = { ...context.settings, signing: { ...context.settings.signing, keyType } }
  const key = await loadSigningKey(settings)
  const key2 = aSigner2((multikey) => verificationMethod2(settings.publicUrl, multikey))
  const issuer = { ...context, settings, key, sandboxKey: key, key2, sandboxKey2: key2 }
  const issueAll = async (what: string) => {
    // Programs of the shapes are compiled once in the life of a process.
    await issueNext(issuer, 1)
    const measured = begin()
    await Promise.all(
      Array.from({ length: OVERLAPPING }, async () => {
        while ((await issueNext(issuer, AT_ONCE)) > 0);
      }),
    )
    report(`${what}, ${keyType}, one process`, OVERLAPPING, AT_ONCE, measured)
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

printTable(['what', 'clients', 'items at once', 'per second', 'CPU ms each', 'event loop ms p50 / p99 / max'], rows)
await context.db.$disconnect()
