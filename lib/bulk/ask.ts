/** Asks the registry for a group of rows at once: a bad row is refused, the others are not. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { acceptCertify, acceptUpdates, type AcceptOptions } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { Refusal } from '@/lib/errors'
import { outcomesOf, refusedOutcomes } from './outcomes'
import type { Prepared } from './prepare'
import type { Group } from './run'
import type { RowOutcome } from './store-work'

/** What became of each row. Only where nothing at all was accepted `alongside` is not called. */
export async function askFor(
  context: Context,
  type: CertificateType,
  { run, caller }: Group,
  prepared: Prepared[],
  more: Pick<AcceptOptions, 'dryRun' | 'ifMatch' | 'alongside'>,
): Promise<{ outcomes: RowOutcome[]; accepted: boolean }> {
  if (prepared.length === 0) return { outcomes: [], accepted: false }
  const accept = run.kind === 'certify' ? acceptCertify : acceptUpdates
  const options: AcceptOptions = {
    door: 'v3',
    form: run.form,
    type: type.name,
    method: 'POST',
    path: '/v3/bulk',
    ...(run.proposal ? { approved: approvalOf(run) } : {}),
    ...more,
  }
  try {
    const answer = await accept(
      context,
      caller,
      prepared.map(({ item }) => item),
      options,
    )
    return { outcomes: outcomesOf(type, prepared, answer, more.dryRun === true), accepted: true }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== 'NOTHING_ACCEPTED') throw thrown
    return { outcomes: refusedOutcomes(type, prepared, thrown.details), accepted: false }
  }
}

/** A proposal is approved as a whole: none of its corrections is asked about again. */
function approvalOf(run: Group['run']): NonNullable<AcceptOptions['approved']> {
  return {
    by: { kind: run.byKind, id: run.byId, name: run.byName, channel: 'screen' },
    reasons: [],
    reason: { ...run.reason, ...(run.decidedByName ? { approvedBy: run.decidedByName } : {}) },
    take: async () => {},
  }
}
