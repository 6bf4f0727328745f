'use client'
/** The form as operators will see it, with sample values. Nothing typed in it goes anywhere. */
import { useMemo } from 'react'
import { FormSection } from '@/components/certificate-form/form-section'
import { useCorrection } from '@/components/certificate-form/use-correction'
import { valuesOf } from '@/components/certificate-form/values'
import type { Draft as Correcting } from '@/components/flow'
import { usePlace } from '@/components/place'
import { GivenType } from '@/components/type-in-force'
import { declaration } from '@/lib/certificate-types/declaration'
import type { Draft } from '@/lib/certificate-types/draft'
import { words } from '../words'

/** `record`: sample values; without them the form is empty. */
export function FormPreview({ draft: { document }, record }: { draft: Draft; record: unknown }) {
  const type = useMemo(() => {
    try {
      return declaration.safeParse(JSON.parse(document)).data ?? null
    } catch {
      return null
    }
  }, [document])
  if (!type) return <p className="px-5 pb-6 text-ink-2">{words.preview.noForm}</p>
  return (
    <GivenType type={type}>
      <p className="px-5 text-sm text-ink-3">{words.preview.form}</p>
      {/* Another declaration or other values are another form. */}
      <SampleForm key={`${document} ${JSON.stringify(record ?? null)}`} record={record ?? {}} type={type} />
    </GivenType>
  )
}

function SampleForm({ record, type }: { record: unknown; type: ReturnType<typeof declaration.parse> }) {
  const { timeZone } = usePlace()
  const initial = useMemo(() => valuesOf(record, type, timeZone), [record, type, timeZone])
  const correction = useCorrection({ base: { record }, values: initial } as unknown as Correcting)
  return (
    <div className="divide-y divide-line">
      {type.sections.map((section) => (
        <FormSection key={section.id} section={section} correction={correction} advice={new Map()} focus={null} />
      ))}
    </div>
  )
}
