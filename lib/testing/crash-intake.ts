/** An intake process for crash tests: takes messages in like the real one, but says "at <point>" and stands still where it is told. */
import { liveContext } from '@/lib/certificates/context'
import { messageIntake } from '@/lib/certificates/message-intake'
import { runIntake } from '@/lib/queue/intake'

const [stopAt] = process.argv.slice(2)
const context = liveContext()
const intake = messageIntake(context)
process.once('disconnect', () => process.exit())

const standStill = async (point: 'received' | 'written') => {
  if (point !== stopAt) return
  process.send?.(`at ${point}`)
  await new Promise(() => setInterval(() => {}, 1000))
}

await runIntake(
  context.settings,
  {
    ...intake,
    async accept(message) {
      await standStill('received')
      const outcome = await intake.accept(message)
      await standStill('written')
      return outcome
    },
  },
  new AbortController().signal,
)
