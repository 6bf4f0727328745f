'use client'
/** The way from a certificate's dose to moving it. */
import { useParams } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { moveWords } from './words'

export function MoveLink() {
  const { certificateId } = useParams<{ certificateId: string }>()
  return (
    <Link href={`/certificates/${certificateId}/move`} className="link inline-block min-h-6">
      {moveWords.link}
    </Link>
  )
}
