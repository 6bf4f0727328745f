'use client'
/** The way from a certificate's dose to moving it. What was typed into the form goes along, so nothing is asked before. */
import NextLink from 'next/link'
import { useParams } from 'next/navigation'
import { moveWords } from './words'

export function MoveLink({ label = moveWords.link }: { label?: string }) {
  const { certificateId } = useParams<{ certificateId: string }>()
  return (
    <NextLink prefetch={false} href={`/certificates/${certificateId}/move`} className="link inline-block min-h-6">
      {label}
    </NextLink>
  )
}
