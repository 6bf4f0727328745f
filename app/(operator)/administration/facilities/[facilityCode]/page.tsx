/** The address of one facility. */
import type { Metadata } from 'next'
import { FacilityPage } from '@/components/administration/facility-page'
import { words } from '@/components/administration/words'

type Params = { params: Promise<{ facilityCode: string }> }

export const metadata: Metadata = { title: words.facilities.title }

export default async function Page({ params }: Params) {
  const { facilityCode } = await params
  return <FacilityPage key={facilityCode} facilityCode={decodeURIComponent(facilityCode)} />
}
