'use client'
/** The supervisor's decision: one text, and three things to do with it. */
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { TextField } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { ApprovalAnswer } from '@/lib/approvals/answers'
import { useApprovalAction } from './use-approvals'
import { words } from './words'

const text = words.decide
const FORM = 'decide'
const FIELD = { id: 'decision', label: text.text }

export function DecidePart({ request }: { request: ApprovalAnswer }) {
  const { requestId, certificateId, newest, reasons, cannotDecide } = request
  const [said, setSaid] = useState('')
  const acting = useApprovalAction(requestId, { '/note': FIELD, '/question': FIELD, '/reason': FIELD }, FORM)
  const grants = reasons.includes('no_updates_left')
  if (cannotDecide) return <Notice kind="warn" title={cannotDecide} />
  const words_ = said.trim()
  const params = { requestId }
  const clear = () => setSaid('')
  const missing = (message: string) => acting.fail([{ target: FIELD.id, message }])
  const approve = () => {
    if (grants && words_ === '') return missing(text.missingGrant)
    acting.act(() => call('POST /v3/approvals/{requestId}/approve', { params, body: { note: words_ } }), clear)
  }
  const ask = () => {
    if (words_ === '') return missing(text.missingAsk)
    acting.act(() => call('POST /v3/approvals/{requestId}/ask', { params, body: { question: words_ } }), clear)
  }
  const reject = () => {
    if (words_ === '') return missing(text.missingReject)
    acting.act(() => call('POST /v3/approvals/{requestId}/reject', { params, body: { reason: words_ } }), clear)
  }
  return (
    <form
      id={FORM}
      tabIndex={-1}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        approve()
      }}
      className="focus-visible:shadow-none"
    >
      <Card id="decision-title" title={text.title} lead={text.lead}>
        <div className="space-y-5">
          <ErrorSummary problems={acting.problems} turn={acting.turn} />
          {newest !== certificateId && (
            <Notice kind="warn" title={text.stale}>
              <p>{text.staleNext}</p>
            </Notice>
          )}
          <TextField
            id={FIELD.id}
            label={FIELD.label}
            hint={grants ? text.hintGrant : text.hint}
            value={said}
            onChange={setSaid}
            problems={acting.problems}
            lines={3}
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" kind="main" busy={acting.busy} data-continue className="max-sm:w-full">
              {acting.busy ? text.busy : grants ? text.grant : text.approve}
            </Button>
            <Button disabled={acting.busy} onClick={ask} className="max-sm:flex-1">
              {text.ask}
            </Button>
            <Button kind="stop" disabled={acting.busy} onClick={reject} className="max-sm:flex-1">
              {text.reject}
            </Button>
          </div>
        </div>
      </Card>
    </form>
  )
}
