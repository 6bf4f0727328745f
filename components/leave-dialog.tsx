'use client'
/** The question what becomes of a correction that was begun. */
import { AlertDialog } from 'radix-ui'
import { draftWords } from '@/components/drafts/words'
import { Button, buttonClass } from '@/components/ui/button'

interface LeaveDialogProps {
  open: boolean
  /** What is being done. */
  busy: 'save' | 'discard' | null
  /** It could not be done. */
  failed: boolean
  onStay: () => void
  onLeave: (how: 'save' | 'discard') => void
  /** Puts the focus back. */
  onClosed: () => void
}

export function LeaveDialog({ open, busy, failed, onStay, onLeave, onClosed }: LeaveDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onClosed()
          }}
          className="sheet fixed top-1/2 left-1/2 z-50 w-[min(92vw,30rem)] -translate-1/2 p-6 shadow-lift"
        >
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
            {draftWords.leave.title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{draftWords.leave.body}</AlertDialog.Description>
          <p role="alert" className="mt-3 text-sm font-semibold text-stop empty:hidden">
            {failed ? draftWords.leave.failed : ''}
          </p>
          <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Cancel className={buttonClass('quiet')}>{draftWords.leave.stay}</AlertDialog.Cancel>
            <Button kind="stop" busy={busy === 'discard'} onClick={() => onLeave('discard')}>
              {draftWords.leave.discard}
            </Button>
            <Button kind="main" busy={busy === 'save'} onClick={() => onLeave('save')}>
              {draftWords.leave.save}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
