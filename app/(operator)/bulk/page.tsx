/** The address of the list of bulk runs. */
import type { Metadata } from 'next'
import { BulkPage } from '@/components/bulk/bulk-page'
import { words } from '@/components/bulk/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <BulkPage />
}
