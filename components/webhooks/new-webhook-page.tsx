'use client'
/** A new webhook, then its secret to hand over. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { HELD, Loaded } from '@/components/administration/loaded'
import { SecretPanel } from '@/components/administration/secret-panel'
import { words as shared } from '@/components/administration/words'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call, type AnswerOf } from '@/lib/api/call'
import { WebhookForm } from './webhook-form'
import { hrefOf } from './webhooks-card'
import { words } from './words'

const LIST = '/administration/clients'

export function NewWebhookPage({ clientId }: { clientId: string }) {
  const asked = useQuery({
    queryKey: ['client', clientId],
    queryFn: () => call('GET /v3/clients/{clientId}', { params: { clientId } }),
    ...HELD,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {({ name }) => <NewWebhook clientId={clientId} name={name} />}
    </Loaded>
  )
}

function NewWebhook({ clientId, name }: { clientId: string; name: string }) {
  const queries = useQueryClient()
  const [added, setAdded] = useState<AnswerOf<'POST /v3/clients/{clientId}/webhooks'> | null>(null)
  const crumbs = [
    { key: 'list', label: shared.clients.title, href: LIST },
    { key: 'client', label: <Value>{name}</Value>, href: `${LIST}/${clientId}` },
  ]
  if (!added) {
    return (
      <>
        <PageHeading crumbs={crumbs} title={words.add} lead={words.lead} />
        <div className="sheet mt-6 px-5 py-6 sm:px-7">
          <WebhookForm
            webhook={null}
            send={({ callbackToken = null, ...body }) =>
              call('POST /v3/clients/{clientId}/webhooks', { params: { clientId }, body: { ...body, callbackToken } })
            }
            done={(answer) => {
              void queries.invalidateQueries({ queryKey: ['webhooks', clientId] })
              setAdded(answer)
            }}
          />
        </div>
      </>
    )
  }
  return (
    <>
      <PageHeading crumbs={crumbs} title={words.added(new URL(added.webhook.url).host)} />
      <div className="mt-6">
        <SecretPanel title={words.secretTitle} lead={words.secretFor} secret={added.secret} once={words.secretOnce} />
      </div>
      <Link href={hrefOf(added.webhook)} className={`${buttonClass('main')} mt-6`}>
        {words.toIt}
      </Link>
    </>
  )
}
