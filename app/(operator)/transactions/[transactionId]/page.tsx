/** The address of an accepted update, or of several that were accepted together: being signed, issued or failed. */
import type { Metadata } from 'next'
import { OutcomePage } from '@/components/outcome/outcome-page'
import { Several } from '@/components/outcome/several'
import { words } from '@/components/words'

export const metadata: Metadata = { title: words.done.pageTitle }

interface Props {
  params: Promise<{ transactionId: string }>
  /** `with`: the other transactions, with dots between them. */
  searchParams: Promise<{ with?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const { transactionId } = await params
  const others = [(await searchParams).with ?? []]
    .flat()
    .flatMap((ids) => ids.split('.'))
    .filter(Boolean)
  return others.length === 0 ? (
    <OutcomePage transactionId={transactionId} />
  ) : (
    <Several transactionIds={[...new Set([transactionId, ...others])]} />
  )
}
