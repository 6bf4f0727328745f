/** The address of the form for a new facility. */
import type { Metadata } from 'next'
import { NewFacilityPage } from '@/components/administration/new-facility-page'
import { words } from '@/components/administration/words'

export const metadata: Metadata = { title: words.facilities.add }

export default function Page() {
  return <NewFacilityPage />
}
