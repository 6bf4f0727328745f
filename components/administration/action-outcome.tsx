'use client'
/** What became of an action on a page: done, in a sentence, or refused. */
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import type { Saving } from './use-saving'

interface ActionOutcomeProps {
  /** What is focused for a refusal that is about no field. */
  id: string
  /** What was done; "" = nothing yet. */
  said: string
  saving: Saving
}

export function ActionOutcome({ id, said, saving }: ActionOutcomeProps) {
  return (
    <>
      <div role="status" className="mt-5 empty:hidden">
        {said && <Notice kind="ok" title={said} />}
      </div>
      <div id={id} tabIndex={-1} className="mt-5 empty:hidden">
        <ErrorSummary problems={saving.problems} turn={saving.turn} />
      </div>
    </>
  )
}
