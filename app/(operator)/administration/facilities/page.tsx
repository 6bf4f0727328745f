/** The address of the list of facilities. */
import type { Metadata } from 'next'
import { FacilitiesPage } from '@/components/administration/facilities-page'
import { words } from '@/components/administration/words'
import { Brought, wanted } from '../../brought'

export const metadata: Metadata = { title: words.facilities.title }

export default function Page() {
  return (
    <Brought answers={[wanted('GET /v3/facilities')]}>
      <FacilitiesPage />
    </Brought>
  )
}
