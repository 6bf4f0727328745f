/** Printing: what goes to a printer is counted first, and only when it can be drawn. */
import type { PrintRun } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { certificatePdf } from './page'
import { ownCredential } from './read'
import { insertPrintRun, printRunsOf, type NewPrintRun } from './store-print'

/**
 * Counts a print run. A page is drawn once before, so that nothing is counted that cannot be printed. Refusals:
 * NOT_FOUND, NOT_YOUR_FACILITY, RENDERER_UNAVAILABLE.
 */
export async function countPrint(context: Context, caller: Caller, run: NewPrintRun): Promise<PrintRun> {
  await ownCredential(context, caller, run.certificateId)
  if (run.kind !== 'slip') {
    const variant = run.kind === 'large' ? 'large' : 'normal'
    await certificatePdf(context, caller, run.certificateId, { paper: run.paper, variant })
  }
  const at = context.now()
  const printId = await insertPrintRun(context.db, run, caller, at)
  return { printId, ...run, at: at.toISOString(), by: { kind: caller.kind, name: caller.name } }
}

/** All that was printed of a certificate's dose. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function findPrints(
  context: Context,
  caller: Caller,
  certificateId: string,
): Promise<{ prints: PrintRun[] }> {
  await ownCredential(context, caller, certificateId)
  const runs = await printRunsOf(context.db, certificateId)
  return {
    prints: runs.map(({ actorKind, actorName, at, ...run }) => ({
      ...run,
      at: at.toISOString(),
      by: { kind: actorKind, name: actorName },
    })),
  }
}
