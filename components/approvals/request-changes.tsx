'use client'
/** What a request would change. Hidden values, the old and the new, are shown together to whoever gives a reason. */
import { useState, type ReactNode } from 'react'
import { ChangeTable } from '@/components/change-table'
import { HiddenValuesProvider, revealedText, useHiddenValues } from '@/components/openings/hidden-values'
import { words as shared } from '@/components/words'
import type { Change } from '@/lib/api/contract'
import type { ApprovalAnswer } from '@/lib/approvals/answers'
import { isHidden } from '@/lib/certificates/hidden'
import { words } from './words'

interface RequestChangesProps {
  title: string
  request: ApprovalAnswer
  children: ReactNode
}

export function RequestChanges(props: RequestChangesProps) {
  const { certificateId, changes, mayReveal } = props.request
  const section = <Changes {...props} />
  // Asking what is revealed is a look at the record: not where nothing could be.
  if (!mayReveal || !changes.some(hides)) return section
  return <HiddenValuesProvider certificateId={certificateId}>{section}</HiddenValuesProvider>
}

function Changes({ title, request: { changes }, children }: RequestChangesProps) {
  const { values, ask } = useHiddenValues()
  const [wanted, setWanted] = useState(false)
  const known = changes.map((change) => withKnown(change, values))
  const open = wanted && !known.some(hides)
  const reveal = () => (known.some(hides) ? ask?.(() => setWanted(true)) : setWanted(true))
  return (
    <section aria-labelledby="changes" className="sheet overflow-hidden">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 px-5 pt-4 pb-2 sm:px-6">
        <h2 id="changes" className="text-lg">
          {title}
        </h2>
        {ask && changes.some(hides) && (
          <button
            type="button"
            aria-pressed={open}
            className="link min-h-11 text-[0.9375rem]"
            onClick={() => (open ? setWanted(false) : reveal())}
          >
            {open ? shared.record.hideField(words.hiddenValues) : shared.record.revealField(words.hiddenValues)}
          </button>
        )}
      </div>
      <ChangeTable caption={words.changes} changes={open ? known : changes} />
      {children}
    </section>
  )
}

function hides({ before, after }: Change): boolean {
  return isHidden(before) || isHidden(after)
}

/** With plain values where they are revealed. */
function withKnown(change: Change, values: ReadonlyMap<string, string>): Change {
  const known = (text: string | null) => (text === null ? null : (revealedText(text, values) ?? text))
  return { ...change, before: known(change.before), after: known(change.after) }
}
