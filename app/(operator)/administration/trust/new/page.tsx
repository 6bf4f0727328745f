/** The address of the form for another issuer to trust. */
import type { Metadata } from 'next'
import { NewTrustPage } from '@/components/administration/new-trust-page'
import { trustWords } from '@/components/administration/trust-words'

export const metadata: Metadata = { title: trustWords.add }

export default function Page() {
  return <NewTrustPage />
}
