'use client'
/** Asks before a proposal is withdrawn or declined, and why. */
import { AlertDialog } from 'radix-ui'
import { useState } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { Button, buttonClass } from '@/components/ui/button'
import { words } from './words'

interface CancelDialogProps {
  open: boolean
  title: string
  /** The verb on the button. */
  action: string
  onClose: () => void
  onCancel: (note: string) => void
}

export function CancelDialog({ open, title, action, onClose, onCancel }: CancelDialogProps) {
  const [note, setNote] = useState('')
  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content className="sheet fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(92vw,28rem)] -translate-1/2 overflow-y-auto p-6 shadow-lift">
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{words.second.cancelBody}</AlertDialog.Description>
          <div className="mt-4">
            <TextField
              id="cancel-note"
              label={words.second.note}
              value={note}
              onChange={setNote}
              problems={[]}
              lines={3}
            />
          </div>
          <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Cancel className={buttonClass('second')}>{words.second.keep}</AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button kind="stop" onClick={() => onCancel(note)}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
