'use client'
/** "You will be signed out in 2 minutes. Your draft is saved." */
import { AlertDialog } from 'radix-ui'
import { useRef, useState } from 'react'
import type { DraftState } from '@/components/drafts/draft-keeper'
import { useDraftState } from '@/components/drafts/drafts-provider'
import { Button } from '@/components/ui/button'
import { idleWords } from './words'

interface IdleWarningProps {
  secondsLeft: number
  /** The session cannot be made longer. */
  longest: boolean
  /** Answers whether the session was renewed. */
  onStay: () => Promise<boolean>
  onLeave: () => Promise<void>
}

export function IdleWarning({ secondsLeft, longest, onStay, onLeave }: IdleWarningProps) {
  const draft = useDraftState()
  const [busy, setBusy] = useState<'stay' | 'leave' | null>(null)
  const [failed, setFailed] = useState(false)
  const stayButton = useRef<HTMLButtonElement>(null)
  const cameFrom = useRef<Element | null>(null)
  const stay = async () => {
    setBusy('stay')
    setFailed(false)
    const renewed = await onStay()
    setBusy(null)
    setFailed(!renewed)
  }
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-60 bg-[#0b1016]/70" />
        <AlertDialog.Content
          onOpenAutoFocus={(event) => {
            cameFrom.current = document.activeElement
            event.preventDefault()
            stayButton.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
          }}
          // Closing is staying: the safe way out.
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            if (!longest) void stay()
          }}
          className="sheet fixed top-1/2 left-1/2 z-60 w-[min(92vw,30rem)] -translate-1/2 p-6 shadow-lift"
        >
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
            {idleWords.title(secondsLeft)}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">
            {longest ? idleWords.longest : draftSentence(draft)}
          </AlertDialog.Description>
          <p aria-hidden className="numbers mt-4 text-3xl font-semibold">
            {clock(secondsLeft)}
          </p>
          {/* Its words change four times; the clock above is for the eyes. */}
          <p role="status" className="sr-only">
            {idleWords.title(secondsLeft)}
          </p>
          <p role="alert" className="mt-3 text-sm font-semibold text-stop empty:hidden">
            {failed && !longest ? idleWords.unreachable : ''}
          </p>
          <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
            <Button
              busy={busy === 'leave'}
              onClick={() => {
                setBusy('leave')
                void onLeave()
              }}
              ref={longest ? stayButton : undefined}
            >
              {idleWords.signOut}
            </Button>
            {!longest && (
              <Button kind="main" ref={stayButton} busy={busy === 'stay'} onClick={() => void stay()}>
                {idleWords.stay}
              </Button>
            )}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function draftSentence({ kind }: DraftState): string {
  if (kind === 'none') return idleWords.draft.none
  if (kind === 'saved') return idleWords.draft.saved
  return kind === 'saving' ? idleWords.draft.saving : idleWords.draft.unsaved
}

/** 75 as "1:15". */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
