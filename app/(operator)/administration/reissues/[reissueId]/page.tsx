/** The address of one re-issue. */
import type { Metadata } from 'next'
import { ReissuePage } from '@/components/administration/reissues/reissue-page'
import { words } from '@/components/administration/reissues/words'

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: { params: Promise<{ reissueId: string }> }) {
  return <ReissuePage reissueId={(await params).reissueId} />
}
