/** The address of the certificate types. */
import type { Metadata } from 'next'
import { TypesPage } from '@/components/administration/types/types-page'
import { words } from '@/components/administration/types/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <TypesPage />
}
