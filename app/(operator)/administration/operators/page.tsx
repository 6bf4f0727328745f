/** The address of the list of operators. */
import type { Metadata } from 'next'
import { OperatorsPage } from '@/components/administration/operators-page'
import { words } from '@/components/administration/words'

export const metadata: Metadata = { title: words.operators.title }

export default function Page() {
  return <OperatorsPage />
}
