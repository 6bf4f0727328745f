'use client'
/** On a record that was issued under another version of its type: the way to have it issued anew, for those who may. */
import { RefreshCw } from 'lucide-react'
import { useHas } from '@/components/place'
import { useType } from '@/components/type-in-force'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import type { CertificateView } from '@/lib/api/contract'
import { words } from './words'

export function ReissueLink({ certificate }: { certificate: CertificateView }) {
  const may = useHas('supervisor', 'administrator')
  const { version } = useType()
  const { certificateId, type, typeVersion, state, lineage } = certificate
  const stands = state === 'current' && lineage.updatesPending === 0 && lineage.approval === null
  if (!may || !stands || typeVersion === version) return null
  const asked = new URLSearchParams({ type, code: certificateId })
  return (
    <section className="mt-6" data-screen-only>
      <Link href={`/administration/reissues/new?${asked.toString()}`} className={buttonClass('second')}>
        <RefreshCw aria-hidden className="size-4" />
        {words.record(version)}
      </Link>
      <p className="mt-1 text-sm text-ink-3">{words.recordHint}</p>
    </section>
  )
}
