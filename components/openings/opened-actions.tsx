'use client'
/** What can be done about a record that is open for reading only. */
import type { CertificateView } from '@/lib/api/contract'

/** Nothing can be changed here: who finds a mistake asks the owning facility. */
export function OpenedActions(_props: { certificate: CertificateView }) {
  return null
}
