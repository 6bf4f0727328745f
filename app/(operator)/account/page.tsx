/** The address of the own account. */
import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { words } from '@/components/account/words'
import { Brought, wanted } from '../brought'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/account')]}>
      <AccountPage />
    </Brought>
  )
}
