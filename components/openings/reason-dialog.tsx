'use client'
/** Asks why, from a short list, before something that is not for everyday. */
import { Dialog } from 'radix-ui'
import { useState, type FormEvent } from 'react'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { useSubmission } from '@/components/ui/use-submission'
import { ApiError } from '@/lib/api/call'
import { words } from './words'

export interface ReasonDialogProps<R extends string> {
  open: boolean
  onClose: () => void
  words: { title: string; lead: string; reason: string; reasons: Record<R, string>; submit: string; sending: string }
  /** Sends; what it throws is told in the dialog. */
  onSend: (asked: { reason: R; note: string }) => Promise<void>
}

export function ReasonDialog<R extends string>({ open, onClose, words: said, onSend }: ReasonDialogProps<R>) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <Dialog.Content className="sheet fixed top-1/2 left-1/2 z-50 max-h-[92vh] w-[min(94vw,30rem)] -translate-1/2 overflow-y-auto p-5 shadow-lift sm:p-6">
          <Dialog.Title className="font-serif text-xl leading-snug font-semibold">{said.title}</Dialog.Title>
          <Dialog.Description className="mt-2 text-ink-2">{said.lead}</Dialog.Description>
          <ReasonForm words={said} onClose={onClose} onSend={onSend} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function ReasonForm<R extends string>({ words: said, onClose, onSend }: Omit<ReasonDialogProps<R>, 'open'>) {
  const [reason, setReason] = useState<R | null>(null)
  const [note, setNote] = useState('')
  const sending = useSubmission((error) => [{ target: 'why-reason', message: sentenceOf(error) }])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const missing = reason === 'other' && note.trim() === ''
    if (reason === null) return sending.fail([{ target: 'why-reason', message: words.dialog.reasonMissing }])
    if (missing) return sending.fail([{ target: 'why-note', message: words.dialog.noteMissing }])
    void sending.run(
      () => onSend({ reason, note: note.trim() }),
      () => onClose(),
    )
  }
  const reasons = Object.entries(said.reasons) as [R, string][]
  return (
    <form noValidate onSubmit={submit} className="mt-4 space-y-4">
      <ErrorSummary problems={sending.problems} turn={sending.turn} />
      <fieldset>
        <legend className="font-semibold">{said.reason}</legend>
        {reasons.map(([value, text], index) => (
          <label key={value} className="flex min-h-11 items-center gap-3">
            <input
              id={index === 0 ? 'why-reason' : undefined}
              type="radio"
              name="why-reason"
              checked={reason === value}
              onChange={() => setReason(value)}
              className="grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-full border-2 border-act bg-sheet before:size-2.5 before:rounded-full checked:before:bg-act"
            />
            {text}
          </label>
        ))}
      </fieldset>
      <div>
        <label htmlFor="why-note" className="block text-sm font-semibold">
          {words.dialog.note}
        </label>
        <p id="why-note-hint" className="text-sm text-ink-3">
          {words.dialog.noteHint}
        </p>
        <textarea
          id="why-note"
          dir="auto"
          rows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          aria-describedby="why-note-hint"
          className="mt-1.5 w-full rounded-control border border-edge bg-sheet px-3.5 py-2.5"
        />
      </div>
      <div className="flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
        <Button disabled={sending.busy} onClick={onClose}>
          {words.dialog.cancel}
        </Button>
        <Button type="submit" kind="main" busy={sending.busy}>
          {sending.busy ? said.sending : said.submit}
        </Button>
      </div>
    </form>
  )
}

function sentenceOf(error: unknown): string {
  if (codeOf(error) === 'UNREACHABLE') return words.dialog.unreachable
  return error instanceof ApiError && error.status < 500 ? error.body.message : words.dialog.failed
}
