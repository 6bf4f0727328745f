/** The address of the check before a certificate is replaced. */
import type { Metadata } from 'next'
import { CheckPage } from '@/components/check/check-page'
import { words } from '@/components/words'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.check.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return <CheckPage key={certificateId} certificateId={certificateId} />
}
