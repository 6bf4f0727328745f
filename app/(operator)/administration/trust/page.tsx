/** The address of the trust list. */
import type { Metadata } from 'next'
import { TrustPage } from '@/components/administration/trust-page'
import { trustWords } from '@/components/administration/trust-words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: trustWords.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/trust')]}>
      <TrustPage />
    </Brought>
  )
}
