/** What a browser needs to know to put the verify page on the home screen (W3C Web Application Manifest). */
import { verifyManifest } from '@/components/verify/manifest'
import { pageLanguage } from '@/components/public/page-language'
import { config } from '@/lib/config'

export async function GET(): Promise<Response> {
  const manifest = verifyManifest(await pageLanguage(), config().issuer.name)
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json; charset=utf-8', 'x-content-type-options': 'nosniff' },
  })
}
