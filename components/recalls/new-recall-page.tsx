'use client'
/** Proposing a recall: the form, then what it would do. */
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { FacilityPick } from '@/components/administration/facility-choice'
import { Card } from '@/components/administration/card'
import { usePlace } from '@/components/place'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { call } from '@/lib/api/call'
import type { RecallView } from '@/lib/recalls/answers'
import { CriteriaList } from './criteria-list'
import { PreviewPart } from './preview-part'
import { RecallForm } from './recall-form'
import { valuesOf, wantedBy, type RecallValues } from './recall-values'
import { recallKey } from './use-recalls'
import { words } from './words'

/** With ?of= it begins with the criteria of an earlier recall: for what was issued since. */
export function NewRecallPage() {
  const of = useSearchParams().get('of')
  const earlier = useQuery({
    queryKey: recallKey(of ?? ''),
    queryFn: () => call('GET /v3/recalls/{recallId}', { params: { recallId: of! } }),
    enabled: of !== null,
    retry: false,
  })
  if (of !== null && earlier.isPending) return <Skeleton className="mx-auto h-96 max-w-3xl rounded-sheet" />
  return <NewRecall key={of} earlier={earlier.data ?? null} />
}

function NewRecall({ earlier }: { earlier: RecallView | null }) {
  const { timeZone, operator } = usePlace()
  const [values, setValues] = useState<RecallValues>(() => begin(earlier, operator.isDistrict))
  const [looks, setLooks] = useState(false)
  const wanted = wantedBy(values, timeZone)
  const { action, criteria, until } = wanted
  const facility = facilityOf(criteria.facilityCode, values.facility, operator)
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading
        key={looks ? 'preview' : 'form'}
        crumbs={[{ key: 'recalls', label: words.title, href: '/recalls' }]}
        title={looks ? words.preview.title : words.form.title}
        lead={looks ? undefined : words.form.lead}
      />
      <div className="mt-6 space-y-6">
        {looks ? (
          <>
            <Card id="about" title={words.name(values.action, values.batch.trim())}>
              <CriteriaList recall={{ action, criteria, facility, until, reason: values.reason.trim() }} />
            </Card>
            <PreviewPart wanted={wanted} reason={values.reason} onBack={() => setLooks(false)} />
          </>
        ) : (
          <RecallForm values={values} onChange={setValues} onSubmit={() => setLooks(true)} />
        )}
      </div>
    </div>
  )
}

function begin(earlier: RecallView | null, isDistrict: boolean): RecallValues {
  const facility: FacilityPick = earlier?.facility
    ? { scope: 'one', text: `${earlier.facility.name} (${earlier.facility.code})` }
    : { scope: isDistrict ? 'one' : 'all', text: '' }
  const values = valuesOf(earlier?.criteria ?? null, facility, earlier?.reason)
  return earlier?.action === 'revoke' ? { ...values, action: 'revoke' } : values
}

function facilityOf(
  code: string | null,
  pick: FacilityPick,
  operator: { facility: string; isEverywhere: boolean; isDistrict: boolean },
) {
  if (!operator.isEverywhere && !operator.isDistrict) return { code: '', name: operator.facility }
  return code === null ? null : { code, name: pick.text }
}
