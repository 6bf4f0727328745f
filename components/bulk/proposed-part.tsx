'use client'
/** A proposal that waits: the first person can withdraw it, a second one approves or declines it. */
import { AlertDialog } from 'radix-ui'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { TextField } from '@/components/administration/form-parts'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { BulkRun } from '@/lib/bulk/answers'
import { useBulkAction } from './use-bulk'
import { words } from './words'

const text = words.second
const PART = 'decide'

export function ProposedPart({ run }: { run: BulkRun }) {
  const { runId, by, counts, may, cannotApprove, state } = run
  const [asks, setAsks] = useState(false)
  const acting = useBulkAction(runId, {}, PART)
  const params = { runId }
  const verb = by.you ? text.withdraw : text.decline
  return (
    <div id={PART} tabIndex={-1} className="space-y-4 focus-visible:shadow-none">
      <ErrorSummary problems={acting.problems} turn={acting.turn} />
      {by.you && (
        <Notice kind="info" title={text.yours}>
          <p>{text.yoursNext}</p>
        </Notice>
      )}
      {!by.you && cannotApprove && state === 'proposed' && <Notice kind="warn" title={cannotApprove} />}
      {may.approve && (
        <Card id="second" title={text.title} lead={text.lead}>
          <Button
            kind="main"
            busy={acting.busy}
            className="max-sm:w-full"
            onClick={() => acting.act(() => call('POST /v3/bulk/{runId}/approve', { params }))}
          >
            {acting.busy ? text.approving : text.approve(counts.ready)}
          </Button>
        </Card>
      )}
      {(may.decline || may.withdraw) && (
        <Button kind="stop" busy={acting.busy} onClick={() => setAsks(true)} className="max-sm:w-full">
          {verb}
        </Button>
      )}
      <CancelDialog
        open={asks}
        title={by.you ? text.withdrawTitle : text.declineTitle}
        action={verb}
        onClose={() => setAsks(false)}
        onCancel={(note) => {
          setAsks(false)
          acting.act(() => call('POST /v3/bulk/{runId}/cancel', { params, body: { note } }))
        }}
      />
    </div>
  )
}

interface CancelDialogProps {
  open: boolean
  title: string
  action: string
  onClose: () => void
  onCancel: (note: string) => void
}

function CancelDialog({ open, title, action, onClose, onCancel }: CancelDialogProps) {
  const [note, setNote] = useState('')
  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content className="sheet fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(92vw,28rem)] -translate-1/2 overflow-y-auto p-6 shadow-lift">
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{text.cancelBody}</AlertDialog.Description>
          <div className="mt-4">
            <TextField id="cancel-note" label={text.note} value={note} onChange={setNote} problems={[]} lines={3} />
          </div>
          <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Cancel className={buttonClass('second')}>{text.keep}</AlertDialog.Cancel>
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
