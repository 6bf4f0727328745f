/** The address of one version of a certificate type. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { VersionPage } from '@/components/administration/types/version-page'
import { words } from '@/components/administration/types/words'

type Params = { params: Promise<{ name: string; version: string }> }

export const metadata: Metadata = { title: words.title }

export default async function Page({ params }: Params) {
  const { name, version } = await params
  if (!/^\d{1,7}$/.test(version)) notFound()
  return <VersionPage key={`${name}/${version}`} name={decodeURIComponent(name)} version={Number(version)} />
}
