/** What the registry said about a group of rows, row by row. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { AcceptAnswer, ItemResult } from '@/lib/certificates/answers'
import type { RefusalDetail } from '@/lib/errors'
import type { Prepared } from './prepare'
import { columnAt } from './rows'
import type { RowOutcome } from './store-work'

/** `tried`: nothing was written, rows that would be accepted are ready. */
export function outcomesOf(
  type: CertificateType,
  prepared: Prepared[],
  { results }: AcceptAnswer,
  tried: boolean,
): RowOutcome[] {
  return results.map((result) => outcomeOf(type, prepared[result.index]!, result, tried))
}

/** Where nothing at all was accepted: every reason, by row. */
export function refusedOutcomes(type: CertificateType, prepared: Prepared[], details: RefusalDetail[]): RowOutcome[] {
  return prepared.map(({ row }, index) => ({
    row: row.row,
    state: 'refused',
    problems: details
      .filter((detail) => detail.index === index)
      .map(({ path, code, message }) => ({ column: columnAt(type, path), code, message })),
  }))
}

function outcomeOf(type: CertificateType, { row, base }: Prepared, result: ItemResult, tried: boolean): RowOutcome {
  const about = { row: row.row, ...(base ? { lineageId: base.lineageId, certificateId: base.certificateId } : {}) }
  const { changes = [] } = result
  switch (result.status) {
    case 'accepted':
      if (tried) return { ...about, state: 'ready', changes }
      return { row: row.row, state: 'done', transactionId: result.transactionId! }
    case 'awaiting_approval':
      if (tried) return { ...about, state: 'ready', changes, reasons: result.approval!.reasons }
      return {
        row: row.row,
        state: 'requested',
        requestId: result.approval!.requestId!,
        reasons: result.approval!.reasons,
      }
    case 'refused': {
      const { path, code, message } = result.refusal!
      return { row: row.row, state: 'refused', problems: [{ column: columnAt(type, path), code, message }] }
    }
    default:
      return { ...about, state: 'unchanged', changes: [] }
  }
}
