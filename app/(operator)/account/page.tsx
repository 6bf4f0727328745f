/** The address of the own account. */
import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { words } from '@/components/account/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <AccountPage />
}
