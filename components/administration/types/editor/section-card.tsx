'use client'
/** One section: its title and its fields in their order. */
import { ArrowDown, ArrowUp, Plus, Settings2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { TextField, Tick } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import type { DraftSection, DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import { AddField } from './add-field'
import type { Changing } from './changing'
import { FieldRow } from './field-row'
import { IconButton } from './icon-button'
import { LabelsEditor } from './labels-editor'

interface SectionCardProps {
  type: DraftType
  section: DraftSection
  /** Among the sections. */
  place: number
  changing: Changing
  open: string | null
  setOpen: (path: string | null) => void
  say: (sentence: string) => void
}

export function SectionCard({ type, section, place, changing, open, setOpen, say }: SectionCardProps) {
  const { id, title, fields } = section
  const [settings, setSettings] = useState(false)
  const [adding, setAdding] = useState(false)
  const [question, setQuestion] = useState<Question | null>(null)
  const remove = () =>
    setQuestion({
      title: words.fields.removeTitle(title),
      body: words.fields.removeBody,
      action: words.fields.removeShort,
      onConfirm: () => changing.change({ do: 'dropSection', id }),
    })
  return (
    <section aria-label={words.fields.section(title)} className="sheet">
      <div className="flex items-center gap-1 border-b border-line py-1.5 ps-5 pe-2">
        <h2 className="min-w-0 flex-1 font-semibold wrap-anywhere">
          <bdi>{title || id}</bdi>
        </h2>
        <IconButton
          icon={ArrowUp}
          label={words.fields.up(title)}
          disabled={place === 0}
          onClick={() => changing.change({ do: 'moveSection', id, by: -1 })}
        />
        <IconButton
          icon={ArrowDown}
          label={words.fields.down(title)}
          disabled={place === type.sections.length - 1}
          onClick={() => changing.change({ do: 'moveSection', id, by: 1 })}
        />
        <IconButton
          icon={Settings2}
          label={words.fields.sectionSettings(title)}
          expanded={settings}
          onClick={() => setSettings(!settings)}
        />
        <IconButton icon={Trash2} label={words.fields.remove(title)} onClick={remove} />
      </div>
      {settings && <SectionSettings section={section} type={type} changing={changing} />}
      {fields.length === 0 && <p className="px-5 py-3 text-sm text-ink-3">{words.fields.none}</p>}
      <ul className="divide-y divide-line">
        {fields.map((field, index) => (
          <FieldRow
            key={field.path}
            type={type}
            field={field}
            pointer={`/sections/${place}/fields/${index}`}
            place={{ at: index, of: fields.length }}
            changing={changing}
            open={open === field.path}
            setOpen={setOpen}
            say={say}
          />
        ))}
      </ul>
      <div className="border-t border-line px-5 py-3">
        {adding ? (
          <AddField
            type={type}
            section={section}
            changing={changing}
            onClose={(label) => {
              setAdding(false)
              if (label !== undefined) say(words.fields.added(label))
            }}
          />
        ) : (
          <Button aria-label={words.fields.addTo(title)} onClick={() => setAdding(true)}>
            <Plus aria-hidden className="size-4" />
            {words.fields.add}
          </Button>
        )}
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  )
}

function SectionSettings({ section, type, changing }: Pick<SectionCardProps, 'section' | 'type' | 'changing'>) {
  const { id, title, titles, required } = section
  const set = (values: Partial<DraftSection>) => changing.change({ do: 'changeSection', id, values })
  return (
    <div className="space-y-4 border-b border-line bg-paper px-5 py-4">
      <TextField
        id={`section-title-${id}`}
        label={words.fields.sectionTitle}
        problems={[]}
        value={title}
        onChange={(value) => set({ title: value })}
      />
      <LabelsEditor
        id={`section-titles-${id}`}
        legend={words.rules.titles}
        labels={titles as Record<string, string> | undefined}
        alsoIn={type.alsoIn}
        onChange={(value) => set({ titles: value })}
      />
      <Tick
        id={`section-required-${id}`}
        label={words.fields.sectionRequired}
        checked={required === true}
        onChange={(value) => set({ required: value })}
      />
    </div>
  )
}
