/** The address of the form for a new webhook. */
import type { Metadata } from 'next'
import { NewWebhookPage } from '@/components/webhooks/new-webhook-page'
import { words } from '@/components/webhooks/words'

type Params = { params: Promise<{ clientId: string }> }

export const metadata: Metadata = { title: words.add }

export default async function Page({ params }: Params) {
  const { clientId } = await params
  return <NewWebhookPage key={clientId} clientId={clientId} />
}
