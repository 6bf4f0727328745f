/** The address of suspending a certificate, and of changing how long. */
import type { Metadata } from 'next'
import { ValidityPage } from '@/components/validity/validity-page'
import { words } from '@/components/validity/words'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.pageTitle.suspend((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return <ValidityPage key={certificateId} certificateId={certificateId} action="suspend" />
}
