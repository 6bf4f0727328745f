/** The address of what the other certificates of a session say. */
import type { Metadata } from 'next'
import { SamePage } from '@/components/bulk/same-page'
import { words } from '@/components/bulk/words'

export const metadata: Metadata = { title: words.same.title }

export default async function Page({ params }: { params: Promise<{ certificateId: string }> }) {
  const { certificateId } = await params
  return <SamePage key={certificateId} certificateId={certificateId} />
}
