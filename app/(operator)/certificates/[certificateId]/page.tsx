/** The address of one certificate. */
import type { Metadata } from 'next'
import { RecordPage } from '@/components/certificate/record-page'
import { words } from '@/components/words'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.record.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  return <RecordPage certificateId={(await params).certificateId} />
}
