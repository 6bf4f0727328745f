'use client'
/** Another issuer to trust. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { PageHeading } from '@/components/ui/page-heading'
import { call } from '@/lib/api/call'
import { TrustForm } from './trust-form'
import { trustWords } from './trust-words'

export function NewTrustPage() {
  const queries = useQueryClient()
  const router = useRouter()
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: trustWords.title, href: '/administration/trust' }]}
        title={trustWords.add}
      />
      <div className="sheet mt-6 px-5 py-6 sm:px-7">
        <TrustForm
          send={(body) => call('POST /v3/trust', { body })}
          done={(issuers) => {
            void queries.invalidateQueries({ queryKey: ['trust'] })
            router.push(`/administration/trust/${issuers[0]!.issuerId}?added=${issuers.length}`)
          }}
        />
      </div>
    </>
  )
}
