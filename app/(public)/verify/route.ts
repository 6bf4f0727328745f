/** The address of the page on which anybody checks a certificate. */
import { answerPage } from '@/app/(public)/answer'
import appleIcon from '@/components/verify/icons/icon-192.png'
import { verifyWords } from '@/components/verify/words'
import { words } from '@/components/words'
import { publishedTypes } from '@/lib/certificate-types/live'
import { kindsOf } from '@/lib/certificate-types/shown'
import { liveContext } from '@/lib/certificates/context'
import { config } from '@/lib/config'

export async function GET(): Promise<Response> {
  const { issuer, credential, development } = config()
  const { namespace, namespaceV1 } = credential
  return answerPage('verify', {
    title: (language) => `${verifyWords[language].title} · ${words.product}`,
    app: (language) => ({
      manifest: '/verify/app.webmanifest',
      icon: appleIcon.src,
      title: verifyWords[language].title,
    }),
    props: {
      issuer: issuer.name,
      timeZone: issuer.timeZone,
      own: { namespace, namespaceV1 },
      // A registry that is away must not take this page along.
      kinds: await publishedTypes(liveContext()).then(
        (versions) => kindsOf(versions.map(({ type }) => type)),
        () => [],
      ),
      // While developing, parts of the page go when they change.
      keepable: !development,
    },
  })
}
