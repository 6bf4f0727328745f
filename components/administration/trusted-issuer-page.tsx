'use client'
/** One key of another issuer: whose it is, its fingerprint, and whether it is trusted. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { TrustedIssuerView } from '@/lib/trust/answers'
import { ActionOutcome } from './action-outcome'
import { Card } from './card'
import { ConfirmDialog, type Question } from './confirm-dialog'
import { Flag } from './flag'
import { TextField } from './form-parts'
import { Fingerprint } from './handed-keys'
import { HELD, Loaded } from './loaded'
import { trustWords } from './trust-words'
import { useSaving } from './use-saving'
import { words } from './words'

const LIST = '/administration/trust'
const FIELDS = {
  '/name': { id: 'name', label: trustWords.name },
  '/note': { id: 'note', label: trustWords.note },
}

export function TrustedIssuerPage({ issuerId }: { issuerId: string }) {
  const asked = useQuery({
    queryKey: ['trusted', issuerId],
    queryFn: () => call('GET /v3/trust/{issuerId}', { params: { issuerId } }),
    ...HELD,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {(issuer) => <Issuer issuer={issuer} />}
    </Loaded>
  )
}

function Issuer({ issuer }: { issuer: TrustedIssuerView }) {
  const { issuerId, name, disabled } = issuer
  const added = Number(useSearchParams().get('added') ?? 0)
  const queries = useQueryClient()
  const { timeZone } = usePlace()
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState(added > 0 ? trustWords.added(name, added) : '')
  const saving = useSaving({}, 'trust-actions')
  const change = (body: { name?: string; note?: string; disabled?: boolean }) =>
    call('PUT /v3/trust/{issuerId}', { params: { issuerId }, body })
  const take = (fresh: TrustedIssuerView, sentence: string) => {
    queries.setQueryData(['trusted', issuerId], fresh)
    void queries.invalidateQueries({ queryKey: ['trust'] })
    setSaid(sentence)
  }
  const setDisabled = (next: boolean) =>
    void saving.run(
      () => change({ disabled: next }),
      (fresh) => take(fresh, (next ? trustWords.disabledDone : trustWords.enabledDone)(name)),
    )
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: trustWords.title, href: LIST }]}
        title={<Value>{name}</Value>}
        tag={disabled && <Flag kind="disabled">{words.disabled}</Flag>}
        lead={trustWords.by(issuer.createdByName, momentOf(issuer.createdAt, timeZone))}
      />
      <ActionOutcome id="trust-actions" said={said} saving={saving} />
      <div className="mt-5 space-y-5">
        <Card id="key" title={trustWords.key} lead={trustWords.compare}>
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
            <dt className="text-ink-2">{trustWords.keyName}</dt>
            <dd className="wrap-anywhere">
              <Value ltr>{issuer.verificationMethod}</Value>
            </dd>
            <dt className="text-ink-2">{trustWords.fingerprint}</dt>
            <dd>
              {trustWords.algorithm[issuer.algorithm]} · <Fingerprint text={issuer.fingerprint} />
            </dd>
            <dt className="text-ink-2">{trustWords.keys}</dt>
            <dd className="font-mono text-sm wrap-anywhere whitespace-pre-wrap" dir="ltr">
              {issuer.publicKey.trim()}
            </dd>
          </dl>
        </Card>
        <Card id="details" title={trustWords.details}>
          <DetailsForm issuer={issuer} send={change} done={(fresh) => take(fresh, words.saved(fresh.name))} />
        </Card>
        <Card id="access" title={trustWords.access} lead={disabled ? trustWords.accessOff : trustWords.accessOn}>
          {disabled ? (
            <Button busy={saving.busy} onClick={() => setDisabled(false)}>
              {words.enable}
            </Button>
          ) : (
            <Button
              kind="stop"
              busy={saving.busy}
              onClick={() =>
                setQuestion({
                  title: trustWords.disableTitle(name),
                  body: trustWords.disableBody,
                  action: words.disable,
                  onConfirm: () => setDisabled(true),
                })
              }
            >
              {words.disable}
            </Button>
          )}
        </Card>
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  )
}

interface DetailsFormProps {
  issuer: TrustedIssuerView
  send: (details: { name: string; note: string }) => Promise<TrustedIssuerView>
  done: (issuer: TrustedIssuerView) => void
}

function DetailsForm({ issuer, send, done }: DetailsFormProps) {
  const [name, setName] = useState(issuer.name)
  const [note, setNote] = useState(issuer.note)
  const saving = useSaving(FIELDS, 'trust-details')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void saving.run(() => send({ name, note }), done)
  }
  return (
    <form id="trust-details" tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={saving.problems} turn={saving.turn} />
      <TextField
        id="name"
        label={trustWords.name}
        hint={trustWords.nameHint}
        value={name}
        onChange={setName}
        problems={saving.problems}
      />
      <TextField
        id="note"
        label={trustWords.note}
        hint={trustWords.noteHint}
        value={note}
        onChange={setNote}
        problems={saving.problems}
        lines={2}
      />
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? words.saving : words.save}
      </Button>
    </form>
  )
}
