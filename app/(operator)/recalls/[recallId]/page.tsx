/** The address of one recall. */
import type { Metadata } from 'next'
import { RecallPage } from '@/components/recalls/recall-page'
import { words } from '@/components/recalls/words'

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: { params: Promise<{ recallId: string }> }) {
  return <RecallPage recallId={(await params).recallId} />
}
