/** The address of one certificate. */
import type { Metadata } from 'next'
import { RecordPage } from '@/components/certificate/record-page'
import { words } from '@/components/words'
import { wanted } from '../../brought'
import { BroughtRecord } from './brought-record'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.record.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  const of = { params: { certificateId } }
  return (
    <BroughtRecord
      certificateId={certificateId}
      own={[
        wanted('GET /v3/certificates/{certificateId}/presence', of),
        wanted('GET /v3/certificates/{certificateId}/links', of),
        wanted('GET /v3/certificates/{certificateId}/prints', of),
      ]}
    >
      <RecordPage certificateId={certificateId} />
    </BroughtRecord>
  )
}
