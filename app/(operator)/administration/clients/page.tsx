/** The address of the list of clients. */
import type { Metadata } from 'next'
import { ClientsPage } from '@/components/administration/clients-page'
import { words } from '@/components/administration/words'

export const metadata: Metadata = { title: words.clients.title }

export default function Page() {
  return <ClientsPage />
}
