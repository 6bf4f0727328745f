'use client'
/** The bar at the bottom: what will happen, and the way on. It stays where the hand is. */
import { words as approvalWords } from '@/components/approvals/words'
import { DraftStatus } from '@/components/drafts/draft-status'
import { useKeys } from '@/components/keys/keys-provider'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { words } from '@/components/words'

interface ActionBarProps {
  changes: number
  remaining: number
  /** The last thing that was undone by key. */
  said: string
  onDiscard: () => void
}

export function ActionBar({ changes, remaining, said, onDiscard }: ActionBarProps) {
  const keys = useKeys().on
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-sheet shadow-[0_-6px_20px_-14px_rgb(0_0_0/0.35)]">
      <div className="mx-auto flex max-w-[76rem] flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5 sm:px-8">
        <div className="min-w-0 text-[0.9375rem]">
          <Facts className="numbers">
            <span className="font-semibold">{words.correct.changes(changes)}</span>
            <span className="text-ink-2">
              {changes === 0
                ? words.correct.usesNone
                : remaining === 0
                  ? approvalWords.beyond.uses
                  : words.correct.uses(remaining)}
            </span>
            <DraftStatus />
          </Facts>
          <p className="text-xs text-ink-3 max-sm:hidden" role="status">
            {said || (keys ? words.correct.shortcuts : '')}
          </p>
        </div>
        <div className="flex gap-3 max-sm:w-full">
          <Button onClick={onDiscard}>{words.correct.discard}</Button>
          <Button
            type="submit"
            kind="main"
            className="max-sm:flex-1"
            aria-keyshortcuts={keys ? 'Control+Enter' : undefined}
            data-continue
          >
            {words.correct.check}
          </Button>
        </div>
      </div>
    </div>
  )
}
