/** The address at which the lift of a recall is proposed. */
import type { Metadata } from 'next'
import { LiftPage } from '@/components/recalls/lift-page'
import { words } from '@/components/recalls/words'

export const metadata: Metadata = { title: words.lift.title }

export default async function Page({ params }: { params: Promise<{ recallId: string }> }) {
  return <LiftPage recallId={(await params).recallId} />
}
