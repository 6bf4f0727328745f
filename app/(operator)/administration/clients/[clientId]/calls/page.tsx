/** The address of the last calls of one client. */
import type { Metadata } from 'next'
import { CallsPage } from '@/components/administration/calls-page'
import { words } from '@/components/docs/words'

type Params = { params: Promise<{ clientId: string }> }

export const metadata: Metadata = { title: words.calls.title }

export default async function Page({ params }: Params) {
  const { clientId } = await params
  return <CallsPage key={clientId} clientId={clientId} />
}
