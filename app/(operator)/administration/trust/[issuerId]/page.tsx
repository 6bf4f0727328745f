/** The address of one key of the trust list. */
import type { Metadata } from 'next'
import { TrustedIssuerPage } from '@/components/administration/trusted-issuer-page'
import { trustWords } from '@/components/administration/trust-words'

type Params = { params: Promise<{ issuerId: string }> }

export const metadata: Metadata = { title: trustWords.title }

export default async function Page({ params }: Params) {
  const { issuerId } = await params
  return <TrustedIssuerPage key={issuerId} issuerId={decodeURIComponent(issuerId)} />
}
