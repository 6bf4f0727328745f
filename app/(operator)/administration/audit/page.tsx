/** The audit log, for administrators. */
import type { Metadata } from 'next'
import { AuditPage } from '@/components/audit/audit-page'
import { words } from '@/components/audit/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return <AuditPage />
}
