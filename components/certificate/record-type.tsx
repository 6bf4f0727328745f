'use client'
/** Which type a certificate is of: everything below is made from that. */
import type { ReactNode } from 'react'
import { useFlow } from '@/components/flow'
import { useCertificate } from '@/components/registry'
import { GivenType, useType } from '@/components/type-in-force'
import { RecordSkeleton } from './record-skeleton'

/** Shows nothing of a page before the type is known: a form keeps the one that it begins with. */
export function RecordType({ certificateId, children }: { certificateId: string; children: ReactNode }) {
  const asked = useCertificate(certificateId)
  const name = useFlow().draftOf(certificateId)?.base.type ?? asked.data?.type
  const type = useType(name)
  // What cannot be read says so itself, and asks again: from its first answer on the page stays.
  if (name === undefined && !asked.isFetched) return <RecordSkeleton />
  return <GivenType type={type}>{children}</GivenType>
}
