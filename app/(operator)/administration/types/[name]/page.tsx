/** The address of one certificate type. */
import type { Metadata } from 'next'
import { TypePage } from '@/components/administration/types/type-page'
import { words } from '@/components/administration/types/words'

type Params = { params: Promise<{ name: string }> }

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: Params) {
  const { name } = await params
  return <TypePage key={name} name={decodeURIComponent(name)} />
}
