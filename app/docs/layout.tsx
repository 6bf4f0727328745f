/** The frame of the documentation: contents on the left, and the token that is kept from page to page. */
import type { ReactNode } from 'react'
import { Contents } from '@/components/docs/contents'
import { DocsFrame } from '@/components/docs/docs-frame'
import { outlineOf } from '@/components/docs/outline'
import { TokenProvider } from '@/components/docs/token'
import { describedApi } from '@/lib/api/described'
import { GUIDE } from '@/lib/developers/guide'
import { referenceOf } from '@/lib/developers/reference'

export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <TokenProvider>
      <DocsFrame contents={<Contents groups={outlineOf(referenceOf(await describedApi()), GUIDE)} />}>
        {children}
      </DocsFrame>
    </TokenProvider>
  )
}
