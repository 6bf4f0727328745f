'use client'
/** The batch was found safe: what ending the suspensions of a recall would do, and proposing it. */
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { TextField } from '@/components/administration/form-parts'
import { PageHeading } from '@/components/ui/page-heading'
import { CriteriaList } from './criteria-list'
import { PreviewPart } from './preview-part'
import { RecallLoaded } from './recall-loaded'
import { useRecall } from './use-recalls'
import { words } from './words'

export function LiftPage({ recallId }: { recallId: string }) {
  const asked = useRecall(recallId)
  const [reason, setReason] = useState('')
  return (
    <RecallLoaded asked={asked}>
      {(recall) => (
        <div className="mx-auto max-w-3xl">
          <PageHeading
            crumbs={[
              { key: 'recalls', label: words.title, href: '/recalls' },
              { key: 'recall', label: words.name(recall.action, recall.criteria.batch), href: `/recalls/${recallId}` },
            ]}
            title={words.lift.title}
            lead={words.lift.lead}
          />
          <div className="mt-6 space-y-6">
            <Card id="about" title={words.name('lift', recall.criteria.batch)}>
              <CriteriaList recall={{ ...recall, action: 'lift', reason: '' }} />
            </Card>
            <PreviewPart wanted={{ action: 'lift', recallId }} reason={reason}>
              <div className="sheet px-5 py-6 sm:px-7">
                <TextField
                  id="reason"
                  label={words.form.reason}
                  hint={words.form.reasonHint}
                  value={reason}
                  onChange={setReason}
                  problems={[]}
                  lines={3}
                />
              </div>
            </PreviewPart>
          </div>
        </div>
      )}
    </RecallLoaded>
  )
}
