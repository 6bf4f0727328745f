/** Brings a record with its pages, and what only belongs to those who reach it without a reason. */
import { cache, type ReactNode } from 'react'
import { BroughtProvider, type BroughtAnswers } from '@/components/brought'
import { addressOf } from '@/lib/api/call'
import type { CertificateView } from '@/lib/api/contract'
import { answersTo, Brought, wanted, type Wanted } from '../../brought'

/** Asked once for all parts of a page. */
const recordOf = cache((certificateId: string): Promise<BroughtAnswers> => {
  const params = { certificateId }
  return answersTo([
    wanted('GET /v3/certificates/{certificateId}', { params }),
    wanted('GET /v3/certificates/{certificateId}/reveals', { params }),
  ])
})

interface BroughtRecordProps {
  certificateId: string
  /** What else a page shows of a record that nobody had to open. */
  own?: Wanted[]
  children: ReactNode
}

export async function BroughtRecord({ certificateId, own = [], children }: BroughtRecordProps) {
  const record = await recordOf(certificateId)
  const path = addressOf('GET /v3/certificates/{certificateId}', { params: { certificateId } })
  const isOwn = (record[path] as CertificateView | undefined)?.opening === null
  return (
    <BroughtProvider answers={record}>
      {isOwn && own.length > 0 ? <Brought answers={own}>{children}</Brought> : children}
    </BroughtProvider>
  )
}
