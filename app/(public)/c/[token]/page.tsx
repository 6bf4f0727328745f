/** The address of a holder's link. Nothing is looked up for it: the page is the same for every link, also for none. */
import type { Metadata } from 'next'
import { HolderPage } from '@/components/holder/holder-page'
import { holderWords } from '@/components/holder/words'
import { pageLanguage } from '@/components/public/page-language'

export async function generateMetadata(): Promise<Metadata> {
  return { title: holderWords[await pageLanguage()].title }
}

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <HolderPage token={decoded((await params).token)} />
}

/** Next hands over the part of the address as it was sent. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
