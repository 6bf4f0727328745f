/** The address of the page on which anybody checks a certificate. */
import type { Metadata } from 'next'
import { pageLanguage } from '@/components/public/page-language'
import { VerifyPage } from '@/components/verify/verify-page'
import { verifyWords } from '@/components/verify/words'
import { config } from '@/lib/config'

export async function generateMetadata(): Promise<Metadata> {
  return { title: verifyWords[await pageLanguage()].title }
}

export default function Page() {
  const { issuer, credential } = config()
  const { namespace, namespaceV1 } = credential
  return <VerifyPage issuer={issuer.name} timeZone={issuer.timeZone} own={{ namespace, namespaceV1 }} />
}
