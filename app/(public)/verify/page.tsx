/** The address of the page on which anybody checks a certificate. */
import type { Metadata } from 'next'
import { pageLanguage } from '@/components/public/page-language'
import appleIcon from '@/components/verify/icons/icon-192.png'
import { VerifyPage } from '@/components/verify/verify-page'
import { verifyWords } from '@/components/verify/words'
import { publishedTypes } from '@/lib/certificate-types/live'
import { kindsOf } from '@/lib/certificate-types/shown'
import { liveContext } from '@/lib/certificates/context'
import { config } from '@/lib/config'

export async function generateMetadata(): Promise<Metadata> {
  const { title } = verifyWords[await pageLanguage()]
  return {
    title,
    manifest: '/verify/app.webmanifest',
    icons: { icon: appleIcon.src, apple: appleIcon.src },
    appleWebApp: { capable: true, title },
  }
}

export default async function Page() {
  const { issuer, credential, development } = config()
  const { namespace, namespaceV1 } = credential
  return (
    <VerifyPage
      issuer={issuer.name}
      timeZone={issuer.timeZone}
      own={{ namespace, namespaceV1 }}
      // A registry that is away must not take this page along.
      kinds={await publishedTypes(liveContext()).then(
        (versions) => kindsOf(versions.map(({ type }) => type)),
        () => [],
      )}
      // While developing, parts of the page keep their names when they change.
      keepable={!development}
    />
  )
}
