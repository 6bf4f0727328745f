/** The address of the find page. */
import type { Metadata } from 'next'
import { FindPage } from '@/components/find/find-page'
import { words } from '@/components/words'

export const metadata: Metadata = { title: words.find.title }

export default function Page() {
  return <FindPage />
}
