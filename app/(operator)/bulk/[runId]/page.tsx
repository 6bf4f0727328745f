/** The address of one bulk run. */
import type { Metadata } from 'next'
import { RunPage } from '@/components/bulk/run-page'
import { words } from '@/components/bulk/words'

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: { params: Promise<{ runId: string }> }) {
  return <RunPage runId={(await params).runId} />
}
