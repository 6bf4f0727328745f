/** The frame of the public pages: nobody signs in here, the issuer's name stands on top, and the language can be chosen. */
import type { ReactNode } from 'react'
import { pageLanguage } from '@/components/public/page-language'
import { PublicFrame } from '@/components/public/public-frame'
import { config } from '@/lib/config'

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <PublicFrame language={await pageLanguage()} issuer={config().issuer.name}>
      {children}
    </PublicFrame>
  )
}
