/** The address of the checks. */
import type { Metadata } from 'next'
import { ChecksPage } from '@/components/checks/checks-page'
import { words } from '@/components/checks/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <ChecksPage />
}
