/** The address of the list of clients. */
import type { Metadata } from 'next'
import { ClientsPage } from '@/components/administration/clients-page'
import { words } from '@/components/administration/words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: words.clients.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/clients')]}>
      <ClientsPage />
    </Brought>
  )
}
