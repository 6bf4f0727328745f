/** The address of two versions of a certificate type, compared. */
import type { Metadata } from 'next'
import { ComparePage } from '@/components/administration/types/compare-page'
import { words } from '@/components/administration/types/words'

type Params = { params: Promise<{ name: string }> }

export const metadata: Metadata = { title: words.compare.title }

export default async function Page({ params }: Params) {
  const { name } = await params
  return <ComparePage name={decodeURIComponent(name)} />
}
