/** The address of the form of a recall. */
import type { Metadata } from 'next'
import { NewRecallPage } from '@/components/recalls/new-recall-page'
import { words } from '@/components/recalls/words'

export const metadata: Metadata = { title: words.form.title }

export default function Page() {
  return <NewRecallPage />
}
