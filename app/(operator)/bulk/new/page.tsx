/** The address where a file is uploaded. */
import type { Metadata } from 'next'
import { NewBulkPage } from '@/components/bulk/new-bulk-page'
import { words } from '@/components/bulk/words'

export const metadata: Metadata = { title: words.form.title }

export default function Page() {
  return <NewBulkPage />
}
