'use client'
/** From a new secret to a confirmed second factor: the QR code and the key, a code to type, then the recovery codes. */
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useRef, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import { CodeField } from './code-field'
import { useSending } from './use-sending'
import { words } from './words'

export interface Begun {
  secret: string
  address: string
}

interface EnrolmentProps {
  begun: Begun
  onDone: (recoveryCodes: string[]) => void
  onCancel?: () => void
  /** Its headings: below that of a card, or of the page. */
  heading?: 'h2' | 'h3'
}

const text = words.setUp

export function Enrolment({ begun, onDone, onCancel, heading: Heading = 'h3' }: EnrolmentProps) {
  const sending = useSending('confirm-', 'confirm-code')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('confirm-code') ?? '').trim()
    if (!code) return sending.fail([{ target: 'confirm-code', message: words.prove.codeMissing }])
    void sending.run(
      () => call('POST /v3/account/second-factor/confirm', { body: { code } }),
      ({ recoveryCodes }) => onDone(recoveryCodes),
    )
  }
  return (
    <div ref={box} tabIndex={-1} className="focus-visible:shadow-none">
      <Heading className="text-base font-semibold">{text.scanTitle}</Heading>
      <p className="mt-1 text-[0.9375rem] text-ink-2">{text.scanLead}</p>
      <div className="mt-4 flex flex-wrap items-center gap-6">
        {/* Always dark on white: some apps read nothing else. */}
        <div className="rounded-sheet border border-line bg-white p-3">
          <QRCodeSVG value={begun.address} size={176} level="M" marginSize={2} title={text.qr} role="img" />
        </div>
        <div className="min-w-0 flex-[1_1_14rem]">
          <p className="text-[0.9375rem] text-ink-2">{text.typed}</p>
          <output className="numbers mt-1.5 block rounded-control border border-line-strong bg-paper px-3.5 py-2.5 font-mono select-all">
            <bdi dir="ltr">{begun.secret.match(/.{1,4}/g)?.join(' ')}</bdi>
          </output>
        </div>
      </div>
      <form method="post" noValidate onSubmit={submit} className="mt-6">
        <Heading className="text-base font-semibold">{text.codeTitle}</Heading>
        <div className="mt-4 empty:hidden">
          <ErrorSummary problems={sending.problems} turn={sending.turn} />
        </div>
        <CodeField id="confirm-code" label={text.code} problems={sending.problems} numeric />
        <div className="mt-6 flex flex-wrap gap-3">
          <Button type="submit" kind="main" busy={sending.busy}>
            {sending.busy ? text.confirming : text.confirm}
          </Button>
          {onCancel && <Button onClick={onCancel}>{text.cancel}</Button>}
        </div>
      </form>
    </div>
  )
}
