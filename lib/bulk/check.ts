/** Checks a group of rows: everything that the registry would say, without writing anything of it. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { askFor } from './ask'
import { prepare } from './prepare'
import type { BulkRunner, Group } from './run'
import { writeOutcomes } from './store-work'

export async function checkRows(runner: BulkRunner, type: CertificateType, group: Group): Promise<void> {
  const { ready, refused } = await prepare(runner, type, group)
  const ifMatch = ready.flatMap(({ base }) => base?.certificateId ?? [])
  const { outcomes } = await askFor(runner, type, group, ready, {
    dryRun: true,
    ...(group.run.kind === 'update' ? { ifMatch } : {}),
  })
  await writeOutcomes(runner.db, group.run.id, group.token, [...refused, ...outcomes], runner.now())
}
