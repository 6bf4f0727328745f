/** The address of one operator. */
import type { Metadata } from 'next'
import { OperatorPage } from '@/components/administration/operator-page'
import { words } from '@/components/administration/words'

type Params = { params: Promise<{ operatorId: string }> }

export const metadata: Metadata = { title: words.operators.title }

export default async function Page({ params }: Params) {
  const { operatorId } = await params
  return <OperatorPage key={operatorId} operatorId={operatorId} />
}
