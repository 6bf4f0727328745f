/** Notes for the list of the day that an update was asked for where none was left. */
import { publishedType } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import type { AcceptAnswer } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { dayIn } from '@/lib/certificates/dates'
import { sequenceOf } from '@/lib/certificates/lineage-key'
import { valueAt } from '@/lib/certificates/record'
import { Refusal } from '@/lib/errors'
import { boundsOf } from './day-bounds'
import { writeRefusedUpdates, type RefusedItem } from './store-refused'

const REACHED = 'UPDATE_LIMIT_REACHED'

/** Runs the update of an array and notes which of its items found no update left, whether that refused the array or not. */
export async function notingRefused(
  context: Context,
  caller: Caller,
  { type: name, body, dryRun = false }: { type: string; body: unknown; dryRun?: boolean },
  update: () => Promise<AcceptAnswer>,
): Promise<AcceptAnswer> {
  if (dryRun) return update()
  try {
    const answer = await update()
    const refused = answer.results.filter(({ refusal }) => refusal?.code === REACHED)
    await note(
      context,
      caller,
      name,
      body,
      refused.map(({ index }) => index),
    )
    return answer
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      const refused = thrown.details.filter(({ code }) => code === REACHED)
      await note(
        context,
        caller,
        name,
        body,
        refused.map(({ index }) => index),
      )
    }
    throw thrown
  }
}

async function note(context: Context, caller: Caller, name: string, body: unknown, indexes: number[]): Promise<void> {
  const type = await publishedType(context, name)
  const items = indexes.flatMap((index) => itemAt(body, index, type))
  if (items.length === 0) return
  const now = context.now()
  const { timeZone } = context.settings.issuer
  await writeRefusedUpdates(context.db, name, items, caller, boundsOf(dayIn(now, timeZone), timeZone).from, now)
}

/** What the rules understood was read from the same item: here only its key is looked at once more. */
function itemAt(body: unknown, index: number, type: CertificateType): RefusedItem[] {
  const item: unknown = Array.isArray(body) ? body[index] : undefined
  const code = valueAt(item, 'preEnrollmentCode') ?? (type.lineage.key && valueAt(item, type.lineage.key))
  const dose = sequenceOf(item, type)
  const programId = valueAt(item, 'programId')
  if (typeof code !== 'string' || !Number.isInteger(dose)) return []
  return [{ code: code.trim(), dose, programId: typeof programId === 'string' ? programId : null }]
}
