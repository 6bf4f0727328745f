/** The address of the certificate types. */
import type { Metadata } from 'next'
import { TypesPage } from '@/components/administration/types/types-page'
import { words } from '@/components/administration/types/words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/type-overview')]}>
      <TypesPage />
    </Brought>
  )
}
