/** The address of one request. */
import type { Metadata } from 'next'
import { ApprovalPage } from '@/components/approvals/approval-page'
import { words } from '@/components/approvals/words'

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: { params: Promise<{ requestId: string }> }) {
  return <ApprovalPage requestId={(await params).requestId} />
}
