/** The frame of the administration's pages, and of the log. Who gets here is said in components/roles. */
import type { ReactNode } from 'react'
import { SectionFrame } from '@/components/administration/section-frame'
import { Brought, wanted } from '../brought'

export default function AdministrationLayout({ children }: { children: ReactNode }) {
  return (
    <Brought answers={[wanted('GET /v3/webhooks/stopped')]}>
      <SectionFrame>{children}</SectionFrame>
    </Brought>
  )
}
