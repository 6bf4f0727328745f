/** The address where a file is uploaded. */
import type { Metadata } from 'next'
import { NewBulkPage } from '@/components/bulk/new-bulk-page'
import { words } from '@/components/bulk/words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: words.form.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/types')]}>
      <NewBulkPage />
    </Brought>
  )
}
