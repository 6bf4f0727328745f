/** The frame of all pages of one certificate: that it was opened with a reason, and what is hidden in it. */
import type { ReactNode } from 'react'
import { RecordType } from '@/components/certificate/record-type'
import { HiddenValuesProvider } from '@/components/openings/hidden-values'
import { OpeningBanner } from '@/components/openings/opening-banner'
import { BroughtRecord } from './brought-record'

export default async function CertificateLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ certificateId: string }>
}) {
  const { certificateId } = await params
  return (
    <BroughtRecord certificateId={certificateId}>
      <HiddenValuesProvider certificateId={certificateId}>
        <OpeningBanner certificateId={certificateId} />
        <RecordType certificateId={certificateId}>{children}</RecordType>
      </HiddenValuesProvider>
    </BroughtRecord>
  )
}
