/** The address of the trust list. */
import type { Metadata } from 'next'
import { TrustPage } from '@/components/administration/trust-page'
import { trustWords } from '@/components/administration/trust-words'

export const metadata: Metadata = { title: trustWords.title }

export default function Page() {
  return <TrustPage />
}
