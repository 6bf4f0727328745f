'use client'
/** How the own request stands, and what its author can do: answer, withdraw, correct anew. */
import { useRouter } from 'next/navigation'
import { AlertDialog } from 'radix-ui'
import { useState, type FormEvent } from 'react'
import { Card } from '@/components/administration/card'
import { TextField } from '@/components/administration/form-parts'
import { valuesOf } from '@/components/certificate-form/values'
import { useFlow } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt, readCertificate } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { Notice, type NoticeKind } from '@/components/ui/notice'
import { useType } from '@/components/type-in-force'
import { call } from '@/lib/api/call'
import type { ApprovalAnswer } from '@/lib/approvals/answers'
import type { Reason } from '@/lib/certificates/record'
import { useApprovalAction } from './use-approvals'
import { words } from './words'

const text = words.mine
const FORM = 'mine'

export function MinePart({ request }: { request: ApprovalAnswer }) {
  const { requestId, certificateId, newest, may, state, conflict, newCertificateId } = request
  const [asks, setAsks] = useState(false)
  const withdrawing = useApprovalAction(requestId, {}, FORM)
  const anew = useCorrectAnew(request)
  const withdraw = () => call('POST /v3/approvals/{requestId}/withdraw', { params: { requestId } })
  const open = state === 'amendment-completed' ? newCertificateId : (newest ?? certificateId)
  const isConflict = conflict !== null && may.withdraw && request.readable
  return (
    <div id={FORM} tabIndex={-1} className="space-y-4 focus-visible:shadow-none">
      <div role="status">
        <Standing request={request} />
      </div>
      <ErrorSummary problems={withdrawing.problems} turn={withdrawing.turn} />
      {may.answer && <AnswerForm requestId={requestId} />}
      <div className="flex flex-wrap gap-3">
        {isConflict && (
          <Button kind="main" busy={withdrawing.busy} onClick={() => withdrawing.act(withdraw, anew)}>
            {text.anew}
          </Button>
        )}
        {may.withdraw && (
          <Button busy={withdrawing.busy} onClick={() => setAsks(true)}>
            {words.withdraw}
          </Button>
        )}
        {open && (
          <Link href={`/certificates/${open}`} className={buttonClass('second')}>
            {state === 'amendment-completed' ? text.open : text.openCurrent}
          </Link>
        )}
      </div>
      <AlertDialog.Root open={asks} onOpenChange={setAsks}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
          <AlertDialog.Content className="sheet fixed top-1/2 left-1/2 z-50 w-[min(92vw,28rem)] -translate-1/2 p-6 shadow-lift">
            <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
              {words.withdrawTitle}
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-2 text-ink-2">{words.withdrawBody}</AlertDialog.Description>
            <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
              <AlertDialog.Cancel className={buttonClass('second')}>{words.keep}</AlertDialog.Cancel>
              <AlertDialog.Action asChild>
                <Button kind="stop" onClick={() => withdrawing.act(withdraw)}>
                  {words.withdraw}
                </Button>
              </AlertDialog.Action>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </div>
  )
}

function Standing({ request: { state, conflict, failure } }: { request: ApprovalAnswer }) {
  const [kind, title, next] = ((): [NoticeKind, string, string?] => {
    if (failure) return ['stop', text.failed, failure.message]
    switch (state) {
      case 'queued':
        return ['info', text.queued, text.queuedNext]
      case 'in-review':
        return ['info', text['in-review'], text.queuedNext]
      case 'waiting-for-information':
        return conflict ? ['warn', text.conflict, text.conflictNext] : ['warn', text.question, text.questionNext]
      case 'accepted':
        return ['info', text.accepted]
      case 'amendment-completed':
        return ['ok', text.completed]
      case 'denied':
        return ['stop', text.denied]
      case 'requester-cancelled':
        return ['info', words.states[state]]
    }
  })()
  return (
    <Notice kind={kind} title={title}>
      {next && <p>{next}</p>}
    </Notice>
  )
}

function AnswerForm({ requestId }: { requestId: string }) {
  const [answer, setAnswer] = useState('')
  const answering = useApprovalAction(requestId, { '/answer': { id: 'answer', label: words.answer.text } }, 'answering')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (answer.trim() === '') return answering.fail([{ target: 'answer', message: words.answer.missing }])
    answering.act(() => call('POST /v3/approvals/{requestId}/answer', { params: { requestId }, body: { answer } }))
  }
  return (
    <form id="answering" tabIndex={-1} noValidate onSubmit={submit} className="focus-visible:shadow-none">
      <Card id="answer-title" title={words.answer.title}>
        <div className="space-y-4">
          <ErrorSummary problems={answering.problems} turn={answering.turn} />
          <TextField
            id="answer"
            label={words.answer.text}
            value={answer}
            onChange={setAnswer}
            problems={answering.problems}
            lines={3}
          />
          <Button type="submit" kind="main" busy={answering.busy} className="max-sm:w-full">
            {answering.busy ? words.decide.busy : words.answer.submit}
          </Button>
        </div>
      </Card>
    </form>
  )
}

/** Takes what was asked for into a new correction: the check page puts it together with what changed meanwhile. */
function useCorrectAnew({ certificateId, record, reason }: ApprovalAnswer): () => void {
  const flow = useFlow()
  const router = useRouter()
  const { timeZone } = usePlace()
  const type = useType()
  return () =>
    void readCertificate(certificateId).then((base) => {
      const { requestedBy = '' as const, cause = '' as const, note = '' } = (reason ?? {}) as Partial<Reason>
      const values = { ...valuesOf(record, type, timeZone), reason: { requestedBy, cause, note } }
      flow.keep(certificateId, { base, values, attempt: newAttempt(), ready: true })
      router.push(`/certificates/${certificateId}/correct/check`)
    })
}
