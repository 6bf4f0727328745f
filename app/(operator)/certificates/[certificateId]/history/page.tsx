/** The address of a certificate's history. */
import type { Metadata } from 'next'
import { HistoryPage } from '@/components/history/history-page'
import { words } from '@/components/words'
import { wanted } from '../../../brought'
import { BroughtRecord } from '../brought-record'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.history.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return (
    <BroughtRecord
      certificateId={certificateId}
      own={[wanted('GET /v3/certificates/{certificateId}/prints', { params: { certificateId } })]}
    >
      <HistoryPage key={certificateId} certificateId={certificateId} />
    </BroughtRecord>
  )
}
