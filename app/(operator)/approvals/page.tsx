/** The address of the lists of requests. */
import type { Metadata } from 'next'
import { ApprovalsPage } from '@/components/approvals/approvals-page'
import { shownList } from '@/components/approvals/shown-list'
import { words } from '@/components/approvals/words'
import { currentOperator } from '@/lib/auth/session'
import { Brought, wanted } from '../brought'

export const metadata: Metadata = { title: words.title }

export default async function Page({ searchParams }: { searchParams: Promise<{ list?: string | string[] }> }) {
  const decides = (await currentOperator())?.roles.includes('supervisor') ?? false
  const list = shownList((await searchParams).list, decides)
  return (
    <Brought answers={[wanted('GET /v3/approvals', { query: { list } })]}>
      <ApprovalsPage />
    </Brought>
  )
}
