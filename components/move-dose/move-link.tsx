'use client'
/** The way from a certificate's dose to moving it. What was typed into the form goes along, so nothing is asked before. */
import NextLink from 'next/link'
import { useParams } from 'next/navigation'
import { sequenceFieldOf } from '@/lib/certificate-types/sequence'
import { isCounted, type CertificateType } from '@/lib/certificate-types/type'
import { moveWords } from './words'

/** What moving is called, as the type tells its certificates apart. */
export function moveLabel(type: CertificateType): string {
  const field = sequenceFieldOf(type)
  return !field || isCounted(type) ? moveWords.link : moveWords.instant.link(field.label)
}

export function MoveLink({ label = moveWords.link }: { label?: string }) {
  const { certificateId } = useParams<{ certificateId: string }>()
  return (
    <NextLink prefetch={false} href={`/certificates/${certificateId}/move`} className="link inline-block min-h-6">
      {label}
    </NextLink>
  )
}
