/** What can be done about a record that is open for reading only. */
import { words } from '@/components/approvals/words'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import type { CertificateView } from '@/lib/api/contract'

/** Nothing can be changed here: who finds a mistake asks a supervisor of the owning facility. */
export function OpenedActions({ certificate: { certificateId, state, lineage } }: { certificate: CertificateView }) {
  if (state !== 'current' || lineage.updatesPending > 0 || lineage.approval) return null
  return (
    <Link href={`/certificates/${certificateId}/correct`} className={buttonClass('second')}>
      {words.openedAsk}
    </Link>
  )
}
