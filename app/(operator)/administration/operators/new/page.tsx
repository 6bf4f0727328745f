/** The address of the form for a new operator. */
import type { Metadata } from 'next'
import { NewOperatorPage } from '@/components/administration/new-operator-page'
import { words } from '@/components/administration/words'

export const metadata: Metadata = { title: words.operators.add }

export default function Page() {
  return <NewOperatorPage />
}
