/** The address of lifting a suspension. */
import type { Metadata } from 'next'
import { ValidityPage } from '@/components/validity/validity-page'
import { words } from '@/components/validity/words'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.pageTitle.lift((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return <ValidityPage key={certificateId} certificateId={certificateId} action="lift" />
}
