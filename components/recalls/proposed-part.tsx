'use client'
/** A proposal that waits: the first person can withdraw it, the second one sees what the first saw and confirms or declines. */
import { useState, type FormEvent } from 'react'
import { Card } from '@/components/administration/card'
import { TextField } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { RecallAnswer } from '@/lib/recalls/answers'
import { CancelDialog } from './cancel-dialog'
import { Consequences } from './consequences'
import { CountsBreakdown } from './counts-card'
import { useRecallAction } from './use-recall-action'
import { words } from './words'

const text = words.second
const FORM = 'decide'

export function ProposedPart({ recall }: { recall: RecallAnswer }) {
  const { recallId, action, until, requestedBy, proposed, now, may, cannotConfirm } = recall
  const [asks, setAsks] = useState(false)
  const cancelling = useRecallAction(recallId, {}, FORM)
  const counts = now ?? proposed
  return (
    <>
      {requestedBy.you && (
        <Notice kind="info" title={text.yours}>
          <p>{text.yoursNext}</p>
        </Notice>
      )}
      {!requestedBy.you && cannotConfirm && <Notice kind="warn" title={cannotConfirm} />}
      <Card id="now" title={words.preview.title} lead={words.preview.nothingYet}>
        <Consequences action={action} counts={counts} until={until} />
        <div className="mt-6 border-t border-line pt-5">
          <Comparison recall={recall} />
          <CountsBreakdown counts={counts} action={action} />
        </div>
      </Card>
      {may.confirm && <ConfirmForm recall={recall} covered={counts.covered} />}
      <div id={FORM} tabIndex={-1} className="space-y-4 focus-visible:shadow-none">
        <ErrorSummary problems={cancelling.problems} turn={cancelling.turn} />
        {may.cancel && (
          <Button kind="stop" busy={cancelling.busy} onClick={() => setAsks(true)} className="max-sm:w-full">
            {requestedBy.you ? text.withdraw : text.decline}
          </Button>
        )}
      </div>
      <CancelDialog
        open={asks}
        title={requestedBy.you ? text.withdrawTitle : text.declineTitle}
        action={requestedBy.you ? text.withdraw : text.decline}
        onClose={() => setAsks(false)}
        onCancel={(note) => {
          setAsks(false)
          cancelling.act(() => call('POST /v3/recalls/{recallId}/cancel', { params: { recallId }, body: { note } }))
        }}
      />
    </>
  )
}

/** What was seen at the proposal beside what is there now. */
function Comparison({ recall: { requestedBy, proposed, now, since } }: { recall: RecallAnswer }) {
  const differs = since.added + since.gone > 0
  return (
    <div className="mb-6">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name={requestedBy.you ? text.sawYou : text.saw(requestedBy.name)} n={proposed.covered} />
        {now && <Figure name={text.now} n={now.covered} />}
      </dl>
      <p role="status" className={`mt-3 ${differs ? 'font-semibold text-warn' : 'text-ink-2'}`}>
        {differs ? text.changed(since.added, since.gone) : text.same}
      </p>
    </div>
  )
}

function Figure({ name, n }: { name: string; n: number }) {
  return (
    <div>
      <dt className="text-sm text-ink-2">{name}</dt>
      <dd className="text-lg font-semibold">{words.certificates(n)}</dd>
    </div>
  )
}

function ConfirmForm({ recall, covered }: { recall: RecallAnswer; covered: number }) {
  const { recallId, action } = recall
  const [batch, setBatch] = useState('')
  const confirming = useRecallAction(recallId, { '/batch': { id: 'batch', label: words.form.batch } }, 'confirm')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (batch.trim() === '') return confirming.fail([{ target: 'batch', message: text.typeMissing }])
    confirming.act(() => call('POST /v3/recalls/{recallId}/confirm', { params: { recallId }, body: { batch } }))
  }
  return (
    <form id="confirm" tabIndex={-1} noValidate onSubmit={submit} className="focus-visible:shadow-none">
      <Card id="second" title={text.title} lead={text.lead}>
        <div className="space-y-5">
          <ErrorSummary problems={confirming.problems} turn={confirming.turn} />
          <div className="max-w-sm">
            <TextField
              id="batch"
              label={text.type}
              hint={text.typeHint}
              value={batch}
              onChange={setBatch}
              problems={confirming.problems}
              ltr
            />
          </div>
          <Button type="submit" kind="main" busy={confirming.busy} className="max-sm:w-full">
            {confirming.busy ? text.confirming : text.confirmCount(text.confirm[action], covered)}
          </Button>
        </div>
      </Card>
    </form>
  )
}
