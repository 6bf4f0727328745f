/**
 * A program that accepts requests one after the other until it is told to stop, and then tells which were acknowledged. It is
 * bundled once with the sources of this version and once with those of the version before (lib/testing/rolling.mjs), so it
 * uses what both have.
 */
import { randomUUID } from 'node:crypto'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { refusalOf } from '@/lib/api/faults'
import { aCaller, aRequest, options } from '@/lib/testing/builders'

const [label] = process.argv.slice(2)
const context = liveContext()
const acknowledged: string[] = []
const refused: Record<string, number> = {}
let stopped = false
process.on('message', (message) => (stopped = message === 'stop'))
process.send?.('accepts')

for (let n = 0; !stopped; n++) {
  const code = `${label}-${n}`
  await accepted(acceptCertify, 'POST', code, 'First')
  await accepted(acceptUpdates, 'PUT', code, 'Second')
}
process.send?.({ acknowledged, refused })
await context.db.$disconnect()
process.disconnect?.()

/** As a source system does: what is unavailable is asked again under its key. */
async function accepted(
  accept: typeof acceptCertify,
  method: string,
  preEnrollmentCode: string,
  name: string,
): Promise<void> {
  const idempotencyKey = randomUUID()
  for (;;) {
    try {
      const body = [aRequest({ preEnrollmentCode, recipient: { name } })]
      const { results } = await accept(
        context,
        aCaller({ id: `rolling-${label}` }),
        body,
        options({ method, idempotencyKey }),
      )
      for (const { transactionId } of results) if (transactionId) acknowledged.push(transactionId)
      return
    } catch (error) {
      const code = refusalOf(error)?.code ?? `${error}`
      refused[code] = (refused[code] ?? 0) + 1
      if (code !== 'REGISTRY_UNAVAILABLE') return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
