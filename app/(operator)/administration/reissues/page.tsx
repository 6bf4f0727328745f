/** The address of re-issues. */
import type { Metadata } from 'next'
import { ReissuesPage } from '@/components/administration/reissues/reissues-page'
import { words } from '@/components/administration/reissues/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <ReissuesPage />
}
