/** A worker process for crash tests: issues like the real one, but says "at <step>" and stands still at the step it is told. */
import { liveContext } from '@/lib/certificates/context'
import { runPipeline } from '@/lib/pipeline'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { runChecks, runStatusLists } from '@/lib/status-lists/run'

const [stopAt] = process.argv.slice(2)
const context = liveContext()
const keys = await loadSigningKeys(context.settings)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
process.once('disconnect', () => process.exit())
process.send?.('ready')

await Promise.all([
  runPipeline(
    {
      ...context,
      ...keys,
      onStep: standStill,
      onRecallStep: standStill,
      onBulkStep: standStill,
      onReissueStep: standStill,
    },
    stop.signal,
  ),
  runStatusLists({ ...context, ...keys, onPublish: standStill }, stop.signal),
  runChecks(context, stop.signal),
])
await context.db.$disconnect()

async function standStill(step: string): Promise<void> {
  if (step !== stopAt) return
  process.send?.(`at ${step}`)
  await new Promise(() => setInterval(() => {}, 1000))
}
