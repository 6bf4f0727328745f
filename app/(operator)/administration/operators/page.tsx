/** The address of the list of operators. */
import type { Metadata } from 'next'
import { OperatorsPage } from '@/components/administration/operators-page'
import { words } from '@/components/administration/words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: words.operators.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/operators')]}>
      <OperatorsPage />
    </Brought>
  )
}
