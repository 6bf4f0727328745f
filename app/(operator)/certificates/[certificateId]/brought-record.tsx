/** Brings a record with its pages, and what only belongs to those who reach it without a reason. */
import { cache, type ReactNode } from 'react'
import { BroughtProvider, type BroughtAnswers } from '@/components/brought'
import { answersTo, answerTo, Brought, wanted, type Wanted } from '../../brought'

/**
 * Asked once for all parts of a page. Nothing of a record that was opened with a reason, and no values that were revealed: what
 * came with a page stays in it, and those have to be gone when their time is over.
 */
const recordOf = cache(async (certificateId: string): Promise<BroughtAnswers> => {
  const params = { certificateId }
  const certificate = wanted('GET /v3/certificates/{certificateId}', { params })
  const reveals = wanted('GET /v3/certificates/{certificateId}/reveals', { params })
  const record = await answersTo([certificate, reveals])
  if (answerTo(record, certificate)?.opening !== null) return {}
  const isHidden = answerTo(record, reveals)?.reveal === null
  return isHidden ? record : { [certificate.path]: record[certificate.path]! }
})

interface BroughtRecordProps {
  certificateId: string
  /** What else a page shows of a record that nobody had to open. */
  own?: Wanted[]
  children: ReactNode
}

export async function BroughtRecord({ certificateId, own = [], children }: BroughtRecordProps) {
  const record = await recordOf(certificateId)
  const isOwn = Object.keys(record).length > 0
  return (
    <BroughtProvider answers={record}>
      {isOwn && own.length > 0 ? <Brought answers={own}>{children}</Brought> : children}
    </BroughtProvider>
  )
}
