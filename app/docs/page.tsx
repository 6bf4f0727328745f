/** The first page of the developers' documentation. */
import type { Metadata } from 'next'
import { StartPage } from '@/components/docs/start-page'
import { words } from '@/components/docs/words'
import { describedApi } from '@/lib/api/described'
import { config } from '@/lib/config'
import { CLIENT_USAGE, GUIDE, guideSetup } from '@/lib/developers/guide'
import { referenceOf } from '@/lib/developers/reference'

export const metadata: Metadata = { title: words.title }

export default async function Page() {
  const { publicUrl, rateLimits } = config()
  return (
    <StartPage
      reference={referenceOf(await describedApi())}
      guide={GUIDE}
      setup={guideSetup(publicUrl)}
      perMinute={rateLimits.client}
      usage={CLIENT_USAGE}
    />
  )
}
