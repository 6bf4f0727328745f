'use client'
/** The messages of a webhook, the newest first: what came of each, and sending it again. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCw, Send } from 'lucide-react'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import type { Saving } from '@/components/administration/use-saving'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { WebhookView } from '@/lib/webhooks/answers'
import { DELIVERY_STATES } from '@/lib/webhooks/events'
import { Delivery } from './delivery'
import { words } from './words'

const LOOK_EVERY_MS = 2000

interface DeliveryLogProps {
  webhook: WebhookView
  saving: Saving
  onDone: (sentence: string) => void
}

type Shown = 'all' | (typeof DELIVERY_STATES)[number]

export function DeliveryLog({ webhook: { webhookId, failed, disabled }, saving, onDone }: DeliveryLogProps) {
  const [shown, setShown] = useState<Shown>('all')
  const params = { webhookId }
  const asked = useInfiniteQuery({
    queryKey: ['deliveries', webhookId, shown],
    queryFn: ({ pageParam }) =>
      call('GET /v3/webhooks/{webhookId}/deliveries', {
        params,
        query: { ...(shown === 'all' ? {} : { state: shown }), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: LOOK_EVERY_MS,
  })
  const deliveries = asked.data?.pages.flatMap((page) => page.deliveries) ?? []
  const sendTest = () =>
    void saving.run(
      () => call('POST /v3/webhooks/{webhookId}/test', { params }),
      () => onDone(words.testSent),
    )
  const again = (deliveryId: string | null) =>
    void saving.run(
      () => call('POST /v3/webhooks/{webhookId}/replay', { params, body: { deliveryId } }),
      ({ replayed }) => onDone(deliveryId === null ? words.againAllDone(replayed) : words.againDone),
    )
  return (
    <Card id="messages" title={words.log} lead={words.logLead}>
      <div className="flex flex-wrap gap-3">
        {!disabled && (
          <Button kind="main" busy={saving.busy} onClick={sendTest}>
            <Send aria-hidden className="size-4" />
            {words.sendTest}
          </Button>
        )}
        {failed > 0 && (
          <Button busy={saving.busy} onClick={() => again(null)}>
            <RotateCw aria-hidden className="size-4" />
            {words.againAll(failed)}
          </Button>
        )}
      </div>
      <fieldset className="mt-4 flex flex-wrap items-center gap-x-5">
        <legend className="sr-only">{words.show}</legend>
        {(['all', ...DELIVERY_STATES] as const).map((state) => (
          <label key={state} className="flex min-h-11 items-center gap-2 text-[0.9375rem]">
            <input
              type="radio"
              name="shown"
              checked={shown === state}
              onChange={() => setShown(state)}
              className="size-5 shrink-0 accent-(--act)"
            />
            {words.states[state]}
          </label>
        ))}
      </fieldset>
      {asked.isError && <Notice kind="warn" live="status" title={words.stale} className="mt-2" />}
      {deliveries.length === 0 ? (
        <p className="mt-3 text-ink-2">{asked.isSuccess ? words.noMessages : ''}</p>
      ) : (
        <ul aria-label={words.log} className="mt-1 divide-y divide-line border-t border-line">
          {deliveries.map((delivery) => (
            <Delivery
              key={delivery.deliveryId}
              delivery={delivery}
              busy={saving.busy}
              onAgain={() => again(delivery.deliveryId)}
            />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </Card>
  )
}
