'use client'
/** The webhooks of a source system, on its page. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Card } from '@/components/administration/card'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { call } from '@/lib/api/call'
import type { WebhookView } from '@/lib/webhooks/answers'
import { StateFlag } from './state-flag'
import { words } from './words'

/** The page of a webhook. */
export function hrefOf({ clientId, webhookId }: Pick<WebhookView, 'clientId' | 'webhookId'>): string {
  return `/administration/clients/${clientId}/webhooks/${webhookId}`
}

export function WebhooksCard({ clientId }: { clientId: string }) {
  const asked = useQuery({
    queryKey: ['webhooks', clientId],
    queryFn: () => call('GET /v3/clients/{clientId}/webhooks', { params: { clientId } }),
  })
  const webhooks = asked.data?.webhooks ?? []
  return (
    <Card id="webhooks" title={words.title} lead={words.lead}>
      {webhooks.length > 0 && (
        <ul className="mb-4 divide-y divide-line border-y border-line">
          {webhooks.map((webhook) => (
            <li key={webhook.webhookId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <Link
                href={hrefOf(webhook)}
                className="flex min-h-11 min-w-0 items-center font-semibold text-act hover:underline"
              >
                <bdi dir="ltr" className="wrap-anywhere">
                  {webhook.url}
                </bdi>
              </Link>
              <StateFlag webhook={webhook} />
              <span className="numbers text-sm text-ink-3">{words.counts(webhook)}</span>
            </li>
          ))}
        </ul>
      )}
      {asked.isSuccess && webhooks.length === 0 && <p className="mb-4 text-ink-2">{words.none}</p>}
      <Link href={`/administration/clients/${clientId}/webhooks/new`} className={buttonClass('second')}>
        <Plus aria-hidden className="size-4" />
        {words.add}
      </Link>
    </Card>
  )
}
