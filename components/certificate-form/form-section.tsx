'use client'
/** One section of the form with its fields and groups. */
import { get } from 'react-hook-form'
import { Beside } from '@/components/second-language'
import { words } from '@/components/words'
import type { Field, Section } from '@/lib/certificate-types/type'
import { FieldGroup } from './field-group'
import { controlId } from './field-frame'
import { useAnyProposal } from './proposals'
import { RecordField } from './record-field'
import { nameOf, type Correction } from './use-correction'

interface FormSectionProps {
  section: Section
  correction: Correction
  advice: Map<string, string>
  /** The field or group that was asked for: open from the start. */
  focus: string | null
}

export function FormSection(props: FormSectionProps) {
  const { section, correction } = props
  const changed = section.fields.filter((field) => correction.changes.has(field.path)).length
  return (
    <section aria-labelledby={`section-${section.id}`} className="px-5 py-5 sm:px-7">
      <div className="mb-3 flex items-baseline justify-between">
        <h2 id={`section-${section.id}`} className="text-xs tracking-[0.06em] text-ink-2 uppercase">
          {section.title}
          <Beside labels={section.titles} page={section.title} />
        </h2>
        {changed > 0 && (
          <span className="numbers text-xs font-semibold text-mend">{words.correct.changedCount(changed)}</span>
        )}
      </div>
      <div className="-mb-2 grid grid-cols-2 gap-x-5">
        {blocksOf(section).map((block) =>
          block.group === undefined ? (
            <OneField key={block.fields[0]!.path} field={block.fields[0]!} {...props} />
          ) : (
            <Group key={block.group} group={block.group} fields={block.fields} {...props} />
          ),
        )}
      </div>
    </section>
  )
}

function Group({ group, fields, ...props }: FormSectionProps & { group: string; fields: Field[] }) {
  const { correction, focus } = props
  const texts = fields
    .map((field) => String(get(correction.values, nameOf(field.path)) ?? ''))
    .filter((text) => text.trim() !== '')
  const wrong = get(correction.form.formState.errors, nameOf(group)) !== undefined
  const proposed = useAnyProposal(fields.map((field) => field.path))
  const missing = fields.filter(({ path }) => props.advice.has(path)).map(({ label }) => label)
  return (
    <FieldGroup
      id={controlId(group)}
      title={words.group(group)}
      values={texts}
      note={missing.length === 0 ? undefined : words.correct.whoMissingInside(missing)}
      needed={wrong || proposed || fields.some((field) => correction.changes.has(field.path))}
      openFirst={focus === group || fields.some((field) => field.path === focus)}
    >
      {fields.map((field) => (
        <OneField key={field.path} field={field} {...props} />
      ))}
    </FieldGroup>
  )
}

function OneField({ field, correction, advice, focus }: FormSectionProps & { field: Field }) {
  return (
    <RecordField
      field={field}
      control={correction.form.control}
      steps={correction.steps}
      before={get(correction.initial, nameOf(field.path))}
      change={correction.changes.get(field.path)}
      advice={advice.get(field.path)}
      revealed={focus === field.path}
    />
  )
}

/** Neighbouring fields of one group together, all others alone. */
function blocksOf(section: Section): { group: string | undefined; fields: Field[] }[] {
  const blocks: { group: string | undefined; fields: Field[] }[] = []
  for (const field of section.fields) {
    const last = blocks.at(-1)
    if (field.group !== undefined && last?.group === field.group) last.fields.push(field)
    else blocks.push({ group: field.group, fields: [field] })
  }
  return blocks
}
