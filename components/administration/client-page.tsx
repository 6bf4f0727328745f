'use client'
/** One source system: what it may do, its token, and whether it is answered. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { words as docsWords } from '@/components/docs/words'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { WebhooksCard } from '@/components/webhooks/webhooks-card'
import { call } from '@/lib/api/call'
import type { ClientView } from '@/lib/people/answers'
import { ActionOutcome } from './action-outcome'
import { Card } from './card'
import { ClientForm } from './client-form'
import { ClientFlags } from './clients-page'
import { ConfirmDialog, type Question } from './confirm-dialog'
import { HELD, Loaded } from './loaded'
import { SecretPanel } from './secret-panel'
import { TokenCard, type Replacement } from './token-card'
import { useSaving } from './use-saving'
import { words } from './words'

const LIST = '/administration/clients'
const callWords = docsWords.calls

export function ClientPage({ clientId }: { clientId: string }) {
  const asked = useQuery({
    queryKey: ['client', clientId],
    queryFn: () => call('GET /v3/clients/{clientId}', { params: { clientId } }),
    ...HELD,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {(client) => <Client client={client} />}
    </Loaded>
  )
}

function Client({ client }: { client: ClientView }) {
  const { clientId, name } = client
  const queries = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState('')
  const [token, setToken] = useState<string | null>(null)
  const saving = useSaving({}, 'client-actions')
  const params = { clientId }
  const take = (fresh: ClientView, sentence: string) => {
    queries.setQueryData(['client', clientId], fresh)
    void queries.invalidateQueries({ queryKey: ['clients'] })
    setSaid(sentence)
  }
  const setDisabled = (disabled: boolean) =>
    void saving.run(
      () => call('PUT /v3/clients/{clientId}', { params, body: { disabled } }),
      (fresh) => take(fresh, (disabled ? words.clients.disabledDone : words.clients.enabledDone)(name)),
    )
  const replaceToken = (query: Replacement) =>
    void saving.run(
      () => call('POST /v3/clients/{clientId}/token', { params, query }),
      (answer) => {
        take(answer.client, words.clients.newTokenDone(name))
        setToken(answer.token)
      },
    )
  const askReplace = (replacement: Replacement) =>
    setQuestion({
      title: words.clients.newTokenTitle(name),
      body: words.clients.newTokenBody(replacement.overlapHours === 0),
      action: words.clients.newToken,
      onConfirm: () => replaceToken(replacement),
    })
  const endPrevious = () =>
    void saving.run(
      () => call('DELETE /v3/clients/{clientId}/token', { params }),
      (fresh) => take(fresh, words.clients.previousEnded),
    )
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.clients.title, href: LIST }]}
        title={<Value>{name}</Value>}
        tag={
          <span className="flex flex-wrap gap-2">
            <ClientFlags client={client} />
          </span>
        }
      />
      <ActionOutcome id="client-actions" said={said} saving={saving} />
      <div className="mt-5 space-y-5">
        {token && <SecretPanel title={words.clients.tokenTitle} lead={words.clients.tokenFor(name)} secret={token} />}
        <Card id="details" title={words.clients.details}>
          <ClientForm
            client={client}
            send={({ sandbox: _fixed, expiresInDays: _ofTheToken, ...body }) =>
              call('PUT /v3/clients/{clientId}', { params, body })
            }
            done={(fresh) => take(fresh, words.saved(fresh.name))}
          />
        </Card>
        <TokenCard client={client} busy={saving.busy} onReplace={askReplace} onEndPrevious={endPrevious} />
        <WebhooksCard clientId={clientId} />
        <Card id="calls" title={callWords.title} lead={callWords.cardLead}>
          <Link href={`${LIST}/${clientId}/calls`} className={buttonClass('second')}>
            {callWords.open}
          </Link>
        </Card>
        <Card
          id="access"
          title={words.clients.access}
          lead={client.disabled ? words.clients.accessOff : words.clients.accessOn}
        >
          {client.disabled ? (
            <Button busy={saving.busy} onClick={() => setDisabled(false)}>
              {words.enable}
            </Button>
          ) : (
            <Button
              kind="stop"
              busy={saving.busy}
              onClick={() =>
                setQuestion({
                  title: words.clients.disableTitle(name),
                  body: words.clients.disableBody,
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
