/** The address of the list of recalls. */
import type { Metadata } from 'next'
import { RecallsPage } from '@/components/recalls/recalls-page'
import { words } from '@/components/recalls/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <RecallsPage />
}
