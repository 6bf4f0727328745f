/** The address of moving a certificate to another dose. */
import type { Metadata } from 'next'
import { MovePage } from '@/components/move-dose/move-page'
import { moveWords } from '@/components/move-dose/words'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: moveWords.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return <MovePage key={certificateId} certificateId={certificateId} />
}
