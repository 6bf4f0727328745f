/** Where the code at the desk leads: the holder confirms a correction. The token stands in the address and nothing else. */
import type { Metadata } from 'next'
import { ConfirmPage } from '@/components/holder-confirm/confirm-page'
import { confirmWords } from '@/components/holder-confirm/words'
import { pageLanguage } from '@/components/public/page-language'
import { config } from '@/lib/config'

export async function generateMetadata(): Promise<Metadata> {
  const { title } = confirmWords[await pageLanguage()]
  return { title: { absolute: `${title} · ${config().issuer.name}` } }
}

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <ConfirmPage token={(await params).token} />
}
