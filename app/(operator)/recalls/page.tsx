/** The address of the list of recalls. */
import type { Metadata } from 'next'
import { RecallsPage } from '@/components/recalls/recalls-page'
import { words } from '@/components/recalls/words'
import { Brought, wanted } from '../brought'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/recalls')]}>
      <RecallsPage />
    </Brought>
  )
}
