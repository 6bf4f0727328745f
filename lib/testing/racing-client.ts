/** A process that sends many updates of one lineage at once, for the race between processes. Prints the codes it got as JSON. */
import { acceptUpdates } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { aCaller, aRequest, options } from './builders'

const [code, from, count] = process.argv.slice(2)
const context = liveContext()
const outcomes = await Promise.all(
  Array.from({ length: Number(count) }, async (_, n) => {
    const request = aRequest({ preEnrollmentCode: code, recipient: { name: `Racer ${Number(from) + n}` } })
    try {
      await acceptUpdates(context, aCaller(), [request], options())
      return 'accepted'
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }),
)
process.stdout.write(JSON.stringify(outcomes))
await context.db.$disconnect()
