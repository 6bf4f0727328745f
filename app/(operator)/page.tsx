/** The address of the find page. */
import type { Metadata } from 'next'
import { FindPage } from '@/components/find/find-page'
import { words } from '@/components/words'
import { Brought, wanted } from './brought'

export const metadata: Metadata = { title: words.find.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/drafts'), wanted('GET /v3/recent')]}>
      <FindPage />
    </Brought>
  )
}
