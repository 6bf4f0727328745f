/** The address of the form for a new certificate type. */
import type { Metadata } from 'next'
import { NewTypePage } from '@/components/administration/types/new-type-page'
import { words } from '@/components/administration/types/words'

export const metadata: Metadata = { title: words.add.title }

export default function Page() {
  return <NewTypePage />
}
