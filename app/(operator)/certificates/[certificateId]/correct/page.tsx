/** The address of the form that corrects a certificate. */
import type { Metadata } from 'next'
import { CorrectPage } from '@/components/certificate-form/correct-page'
import { ProposalsProvider } from '@/components/certificate-form/proposals'
import { words } from '@/components/words'
import { Brought, wanted } from '../../../brought'

type Params = { params: Promise<{ certificateId: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: words.correct.pageTitle((await params).certificateId) }
}

export default async function Page({ params }: Params) {
  const { certificateId } = await params
  return (
    <Brought answers={[wanted('GET /v3/drafts/{certificateId}', { params: { certificateId } })]}>
      <ProposalsProvider key={certificateId} certificateId={certificateId}>
        <CorrectPage certificateId={certificateId} />
      </ProposalsProvider>
    </Brought>
  )
}
