'use client'
/** Asks before something that hits other people at once. */
import { AlertDialog } from 'radix-ui'
import { useRef } from 'react'
import { buttonClass } from '@/components/ui/button'
import { words } from './words'

export interface Question {
  title: string
  body: string
  /** The verb on the button. */
  action: string
  onConfirm: () => void
}

/** null = nothing is asked. */
export function ConfirmDialog({ question, onClose }: { question: Question | null; onClose: () => void }) {
  const opener = useRef<Element | null>(null)
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content
          // Several buttons may ask: the focus goes back to the one that did.
          onOpenAutoFocus={() => (opener.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          className="sheet fixed top-1/2 left-1/2 z-50 w-[min(92vw,28rem)] -translate-1/2 p-6 shadow-lift"
        >
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
            {question?.title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{question?.body}</AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Cancel className={buttonClass('second')}>{words.cancel}</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonClass('stop')} onClick={() => question?.onConfirm()}>
              {question?.action}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
