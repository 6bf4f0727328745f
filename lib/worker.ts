/** The worker process: issues what was accepted until it is told to stop. */
import { liveContext } from './certificates/context'
import { log } from './log'
import { runPipeline } from './pipeline'
import { loadSigningKey } from './signing/keys'

const context = liveContext()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// The parent holds the other end: a worker never outlives it.
process.once('disconnect', () => stop.abort())

const key = await loadSigningKey(context.settings)
log().info({ keyType: key.type }, 'worker started')
await runPipeline({ ...context, key }, stop.signal)
await context.db.$disconnect()
log().info('worker stopped')
