/** The address of one client. */
import type { Metadata } from 'next'
import { ClientPage } from '@/components/administration/client-page'
import { words } from '@/components/administration/words'

type Params = { params: Promise<{ clientId: string }> }

export const metadata: Metadata = { title: words.clients.title }

export default async function Page({ params }: Params) {
  const { clientId } = await params
  return <ClientPage key={clientId} clientId={clientId} />
}
