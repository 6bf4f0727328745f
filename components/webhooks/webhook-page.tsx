'use client'
/** One webhook: how it stands, its messages, its details and secret, on and off. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionOutcome } from '@/components/administration/action-outcome'
import { Card } from '@/components/administration/card'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Loaded } from '@/components/administration/loaded'
import { SecretPanel } from '@/components/administration/secret-panel'
import { useSaving } from '@/components/administration/use-saving'
import { words as shared } from '@/components/administration/words'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { WebhookView } from '@/lib/webhooks/answers'
import { DeliveryLog } from './delivery-log'
import { SecretCard } from './secret-card'
import { StateFlag } from './state-flag'
import { WebhookForm } from './webhook-form'
import { words } from './words'

const LIST = '/administration/clients'
/** Somebody who sent a test message looks at the screen. */
const LOOK_EVERY_MS = 2000

export function WebhookPage({ clientId, webhookId }: { clientId: string; webhookId: string }) {
  const asked = useQuery({
    queryKey: ['webhook', webhookId],
    queryFn: () => call('GET /v3/webhooks/{webhookId}', { params: { webhookId } }),
    refetchInterval: LOOK_EVERY_MS,
  })
  return (
    <Loaded asked={asked} listHref={`${LIST}/${clientId}`}>
      {(webhook) => <Webhook webhook={webhook} />}
    </Loaded>
  )
}

function Webhook({ webhook }: { webhook: WebhookView }) {
  const { webhookId, clientId, clientName, url, disabled } = webhook
  const queries = useQueryClient()
  const router = useRouter()
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const saving = useSaving({}, 'webhook-actions')
  const params = { webhookId }
  const fresh = (sentence: string) => {
    void queries.invalidateQueries({ queryKey: ['webhook', webhookId] })
    void queries.invalidateQueries({ queryKey: ['deliveries', webhookId] })
    void queries.invalidateQueries({ queryKey: ['webhooks', clientId] })
    setSaid(sentence)
  }
  const switchTo = (off: boolean) =>
    void saving.run(
      () => call('PUT /v3/webhooks/{webhookId}', { params, body: { disabled: off } }),
      () => fresh(off ? words.switchedOff : words.switchedOn),
    )
  const remove = () =>
    void saving.run(
      () => call('DELETE /v3/webhooks/{webhookId}', { params }),
      () => {
        void queries.invalidateQueries({ queryKey: ['webhooks', clientId] })
        router.push(`${LIST}/${clientId}`)
      },
    )
  const replaceSecret = (overlapHours: number) =>
    void saving.run(
      () => call('POST /v3/webhooks/{webhookId}/secret', { params, query: { overlapHours } }),
      (answer) => {
        fresh(words.newSecretDone)
        setSecret(answer.secret)
      },
    )
  return (
    <>
      <PageHeading
        crumbs={[
          { key: 'list', label: shared.clients.title, href: LIST },
          { key: 'client', label: <Value>{clientName}</Value>, href: `${LIST}/${clientId}` },
        ]}
        title={
          <bdi dir="ltr" className="wrap-anywhere">
            {new URL(url).host}
          </bdi>
        }
        tag={<StateFlag webhook={webhook} always />}
      />
      <Standing webhook={webhook} busy={saving.busy} onSwitchOn={() => switchTo(false)} />
      <ActionOutcome id="webhook-actions" said={said} saving={saving} />
      <div className="mt-5 space-y-5">
        {secret && (
          <SecretPanel title={words.secretTitle} lead={words.secretFor} secret={secret} once={words.secretOnce} />
        )}
        <DeliveryLog webhook={webhook} saving={saving} onDone={fresh} />
        <Card id="details" title={words.details}>
          <WebhookForm
            key={`${url} ${webhook.events.join()} ${webhook.asDivoc}`}
            webhook={webhook}
            send={(body) => call('PUT /v3/webhooks/{webhookId}', { params, body })}
            done={() => fresh(words.saved)}
          />
        </Card>
        <SecretCard
          webhook={webhook}
          busy={saving.busy}
          onReplace={(hours) =>
            setQuestion({
              title: words.newSecretTitle,
              body: words.newSecretBody(hours === 0),
              action: words.newSecret,
              onConfirm: () => replaceSecret(hours),
            })
          }
        />
        <Card id="access" title={words.access} lead={disabled ? words.accessOff : words.accessOn}>
          <div className="flex flex-wrap gap-3">
            {disabled ? (
              <Button busy={saving.busy} onClick={() => switchTo(false)}>
                {words.switchOn}
              </Button>
            ) : (
              <Button
                kind="stop"
                busy={saving.busy}
                onClick={() =>
                  setQuestion({
                    title: words.switchOffTitle,
                    body: words.switchOffBody,
                    action: words.switchOff,
                    onConfirm: () => switchTo(true),
                  })
                }
              >
                {words.switchOff}
              </Button>
            )}
            <Button
              kind="stop"
              busy={saving.busy}
              onClick={() =>
                setQuestion({
                  title: words.removeTitle,
                  body: words.removeBody,
                  action: words.remove,
                  onConfirm: remove,
                })
              }
            >
              {words.remove}
            </Button>
          </div>
        </Card>
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  )
}

/** What somebody has to know or do about how it stands. */
function Standing({ webhook, busy, onSwitchOn }: { webhook: WebhookView; busy: boolean; onSwitchOn: () => void }) {
  const { timeZone } = usePlace()
  const { disabled, stoppedAt, failingSince } = webhook
  if (disabled || (!stoppedAt && !failingSince)) return null
  if (!stoppedAt) {
    return (
      <Notice kind="warn" title={words.failingTitle(momentOf(failingSince!, timeZone))} className="mt-5">
        {words.failingNext}
      </Notice>
    )
  }
  return (
    <Notice kind="stop" title={words.stoppedTitle(momentOf(stoppedAt, timeZone))} className="mt-5">
      <p>{words.stoppedNext}</p>
      <Button className="mt-3" busy={busy} onClick={onSwitchOn}>
        {words.switchOn}
      </Button>
    </Notice>
  )
}
