'use client'
/** Sections and fields: added, changed, moved and taken away without JSON. */
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import type { DraftType } from '@/lib/certificate-types/draft'
import { proposedSection } from '@/lib/certificate-types/names-of-fields'
import { words } from '../words'
import type { Changing } from './changing'
import { SectionCard } from './section-card'

interface FieldsPanelProps {
  type: DraftType
  changing: Changing
  /** Path of the field that is open; null = none. */
  open: string | null
  setOpen: (path: string | null) => void
}

export function FieldsPanel({ type, changing, open, setOpen }: FieldsPanelProps) {
  const [said, setSaid] = useState('')
  return (
    <div className="space-y-5">
      <p className="text-sm text-ink-3">{words.fields.hint}</p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {type.sections.map((section, index) => (
        <SectionCard
          key={section.id}
          type={type}
          section={section}
          place={index}
          changing={changing}
          open={open}
          setOpen={setOpen}
          say={setSaid}
        />
      ))}
      <AddSection type={type} changing={changing} />
    </div>
  )
}

function AddSection({ type, changing }: { type: DraftType; changing: Changing }) {
  const [title, setTitle] = useState<string | null>(null)
  if (title === null) {
    return (
      <Button onClick={() => setTitle('')}>
        <Plus aria-hidden className="size-4" />
        {words.fields.addSection}
      </Button>
    )
  }
  const add = () => {
    const section = { id: proposedSection(type, title), title: title.trim(), required: false }
    changing.change({ do: 'addSection', section })
    setTitle(null)
  }
  return (
    <div className="sheet space-y-4 px-5 py-4">
      <TextField id="new-section" label={words.fields.sectionTitle} problems={[]} value={title} onChange={setTitle} />
      <div className="flex gap-3">
        <Button kind="main" disabled={title.trim() === ''} onClick={add}>
          {words.fields.addSection}
        </Button>
        <Button onClick={() => setTitle(null)}>{words.fields.cancel}</Button>
      </div>
    </div>
  )
}
