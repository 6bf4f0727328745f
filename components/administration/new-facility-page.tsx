'use client'
/** A new facility. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { PageHeading } from '@/components/ui/page-heading'
import { call } from '@/lib/api/call'
import { FacilityForm } from './facility-form'
import { words } from './words'

export function NewFacilityPage() {
  const queries = useQueryClient()
  const router = useRouter()
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.facilities.title, href: '/administration/facilities' }]}
        title={words.facilities.add}
      />
      <div className="sheet mt-6 px-5 py-6 sm:px-7">
        <FacilityForm
          facility={null}
          send={(body) => call('POST /v3/facilities', { body })}
          done={({ code }) => {
            void queries.invalidateQueries({ queryKey: ['facilities'] })
            router.push(`/administration/facilities/${encodeURIComponent(code)}?added`)
          }}
        />
      </div>
    </>
  )
}
