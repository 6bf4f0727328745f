'use client'
/** One facility: its names, and whether it is open. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { FacilityView } from '@/lib/people/answers'
import { ActionOutcome } from './action-outcome'
import { Card } from './card'
import { ConfirmDialog, type Question } from './confirm-dialog'
import { FacilityForm } from './facility-form'
import { Flag } from './flag'
import { HELD, Loaded } from './loaded'
import { useSaving } from './use-saving'
import { words } from './words'

const LIST = '/administration/facilities'

export function FacilityPage({ facilityCode }: { facilityCode: string }) {
  const asked = useQuery({
    queryKey: ['facility', facilityCode],
    queryFn: () => call('GET /v3/facilities/{facilityCode}', { params: { facilityCode } }),
    ...HELD,
  })
  return (
    <Loaded asked={asked} listHref={LIST}>
      {(facility) => <Facility facility={facility} />}
    </Loaded>
  )
}

function Facility({ facility }: { facility: FacilityView }) {
  const { code, name } = facility
  const added = useSearchParams().has('added')
  const queries = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState(added ? words.facilities.added(name) : '')
  const saving = useSaving({}, 'facility-actions')
  const params = { facilityCode: code }
  const take = (fresh: FacilityView, sentence: string) => {
    queries.setQueryData(['facility', code], fresh)
    void queries.invalidateQueries({ queryKey: ['facilities'] })
    setSaid(sentence)
  }
  const setDisabled = (disabled: boolean) =>
    void saving.run(
      () => call('PUT /v3/facilities/{facilityCode}', { params, body: { disabled } }),
      (fresh) => take(fresh, (disabled ? words.facilities.disabledDone : words.facilities.enabledDone)(name)),
    )
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.facilities.title, href: LIST }]}
        title={<Value>{name}</Value>}
        tag={facility.disabled && <Flag kind="disabled">{words.disabled}</Flag>}
        lead={<Value ltr>{code}</Value>}
      />
      <ActionOutcome id="facility-actions" said={said} saving={saving} />
      {facility.builtIn ? (
        <Notice kind="info" title={words.facilities.builtInLead} className="mt-5" />
      ) : (
        <div className="mt-5 space-y-5">
          <Card id="details" title={words.facilities.details}>
            <FacilityForm
              facility={facility}
              send={({ code: _fixed, ...body }) => call('PUT /v3/facilities/{facilityCode}', { params, body })}
              done={(fresh) => take(fresh, words.saved(fresh.name))}
            />
          </Card>
          <Card
            id="access"
            title={words.facilities.access}
            lead={facility.disabled ? words.facilities.accessOff : words.facilities.accessOn}
          >
            {facility.disabled ? (
              <Button busy={saving.busy} onClick={() => setDisabled(false)}>
                {words.enable}
              </Button>
            ) : (
              <Button
                kind="stop"
                busy={saving.busy}
                onClick={() =>
                  setQuestion({
                    title: words.facilities.disableTitle(name),
                    body: words.facilities.disableBody(facility.operators, facility.clients),
                    action: words.disable,
                    onConfirm: () => setDisabled(true),
                  })
                }
              >
                {words.disable}
              </Button>
            )}
          </Card>
        </div>
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  )
}
