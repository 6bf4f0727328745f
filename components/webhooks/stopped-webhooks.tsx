'use client'
/** For administrators: webhooks at which nothing arrived for days. Nothing where there are none. */
import { useQuery } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { useHas } from '@/components/place'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import { hrefOf } from './webhooks-card'
import { words } from './words'

const A_MINUTE = 60_000

export function StoppedWebhooks() {
  const brought = useBrought('GET /v3/webhooks/stopped')
  const asked = useQuery({
    ...brought,
    queryKey: ['webhooks stopped'],
    queryFn: () => call('GET /v3/webhooks/stopped'),
    enabled: useHas('administrator'),
    refetchInterval: A_MINUTE,
  })
  const stopped = asked.data?.webhooks ?? []
  if (stopped.length === 0) return null
  return (
    <Notice kind="warn" title={words.attention.title(stopped.length)} className="my-6">
      <p>{words.attention.lead}</p>
      <ul>
        {stopped.map((webhook) => (
          <li key={webhook.webhookId}>
            <Link href={hrefOf(webhook)} className="inline-flex min-h-11 items-center font-semibold text-act underline">
              <span className="wrap-anywhere">
                <Value>{webhook.clientName}</Value>: <bdi dir="ltr">{new URL(webhook.url).host}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
