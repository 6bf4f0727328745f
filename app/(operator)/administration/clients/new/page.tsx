/** The address of the form for a new client. */
import type { Metadata } from 'next'
import { NewClientPage } from '@/components/administration/new-client-page'
import { words } from '@/components/administration/words'

export const metadata: Metadata = { title: words.clients.add }

export default function Page() {
  return <NewClientPage />
}
