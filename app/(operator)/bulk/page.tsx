/** The address of the list of bulk runs. */
import type { Metadata } from 'next'
import { BulkPage } from '@/components/bulk/bulk-page'
import { words } from '@/components/bulk/words'
import { Brought, wanted } from '../brought'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/bulk')]}>
      <BulkPage />
    </Brought>
  )
}
