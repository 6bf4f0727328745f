/** The address of choosing what is issued anew. */
import type { Metadata } from 'next'
import { NewReissuePage } from '@/components/administration/reissues/new-reissue-page'
import { words } from '@/components/administration/reissues/words'

export const metadata: Metadata = { title: words.form.title }

export default function Page() {
  return <NewReissuePage />
}
