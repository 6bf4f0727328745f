/** The address of the lists of requests. */
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ApprovalsPage } from '@/components/approvals/approvals-page'
import { words } from '@/components/approvals/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Suspense>
      <ApprovalsPage />
    </Suspense>
  )
}
