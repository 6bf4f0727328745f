/** Carries out a group of checked rows: accepted, and marked as done, in one transaction. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { askFor } from './ask'
import { outcomesOf } from './outcomes'
import { prepare } from './prepare'
import type { BulkRunner, Group } from './run'
import { writeOutcomes } from './store-work'

/** What was checked for a certificate that was replaced since is refused: nobody has seen what it would do now. */
export async function carryOut(runner: BulkRunner, type: CertificateType, group: Group): Promise<void> {
  const { run, token } = group
  const { ready, refused } = await prepare(runner, type, group)
  const ifMatch = ready.flatMap(({ row }) => row.certificateId ?? [])
  const { outcomes, accepted } = await askFor(runner, type, group, ready, {
    ...(run.kind === 'update' ? { ifMatch } : {}),
    alongside: async (db, answer) => {
      const written = outcomesOf(type, ready, answer, false)
      const count = await writeOutcomes(db, run.id, token, written, runner.now())
      if (count !== written.length) throw new Error('Another worker has these rows now.')
      await runner.onBulkStep?.('rows accepted')
    },
  })
  const left = accepted ? refused : [...refused, ...outcomes]
  if (left.length > 0) await writeOutcomes(runner.db, run.id, token, left, runner.now())
}
