/** The address of an accepted update: being signed, issued or failed. */
import type { Metadata } from 'next'
import { OutcomePage } from '@/components/outcome/outcome-page'
import { words } from '@/components/words'

export const metadata: Metadata = { title: words.done.pageTitle }

type Params = { params: Promise<{ transactionId: string }> }

export default async function Page({ params }: Params) {
  return <OutcomePage transactionId={(await params).transactionId} />
}
