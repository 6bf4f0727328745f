/** The frame of the administration: only administrators get further. */
import type { ReactNode } from 'react'
import { NotAllowed } from '@/components/administration/not-allowed'
import { SectionFrame } from '@/components/administration/section-frame'
import { currentOperator } from '@/lib/auth/session'

export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator()
  return operator?.roles.includes('administrator') ? <SectionFrame>{children}</SectionFrame> : <NotAllowed />
}
