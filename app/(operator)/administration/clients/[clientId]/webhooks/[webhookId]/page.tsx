/** The address of one webhook. */
import type { Metadata } from 'next'
import { WebhookPage } from '@/components/webhooks/webhook-page'
import { words } from '@/components/webhooks/words'

type Params = { params: Promise<{ clientId: string; webhookId: string }> }

export const metadata: Metadata = { title: words.one }

export default async function Page({ params }: Params) {
  const { clientId, webhookId } = await params
  return <WebhookPage key={webhookId} clientId={clientId} webhookId={webhookId} />
}
