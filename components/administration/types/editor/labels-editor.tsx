'use client'
/** The same words in other languages. */
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import { words } from '../words'

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

interface LabelsEditorProps {
  id: string
  legend: string
  labels: Record<string, string> | undefined
  /** The second language of the type has a place from the start. */
  alsoIn: unknown
  /** undefined: no words in any other language. */
  onChange: (labels: Record<string, string> | undefined) => void
}

export function LabelsEditor({ id, legend, labels = {}, alsoIn, onChange }: LabelsEditorProps) {
  const [more, setMore] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  const second = typeof alsoIn === 'string' && alsoIn !== '' ? [alsoIn] : []
  const languages = [...new Set([...second, ...Object.keys(labels), ...more])]
  const set = (language: string, text: string) => {
    const { [language]: _before, ...rest } = labels
    const next = text === '' ? rest : { ...labels, [language]: text }
    onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  const add = () => {
    setMore([...more, typed])
    setTyped('')
  }
  return (
    <fieldset className="rounded-control border border-line px-4 pt-2 pb-4">
      <legend className="px-1 text-sm font-semibold">{legend}</legend>
      <div className="space-y-3">
        {languages.map((language) => (
          <TextField
            key={language}
            id={`${id}-${language}`}
            label={words.fields.inLanguage(languageName(language))}
            problems={[]}
            value={labels[language] ?? ''}
            onChange={(text) => set(language, text)}
          />
        ))}
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-40">
            <TextField
              id={`${id}-language`}
              label={words.fields.language}
              hint={words.fields.languageHint}
              problems={[]}
              value={typed}
              onChange={setTyped}
              ltr
            />
          </div>
          <Button disabled={!LANGUAGE.test(typed) || languages.includes(typed)} onClick={add}>
            <Plus aria-hidden className="size-4" />
            {words.fields.addLanguage}
          </Button>
        </div>
      </div>
    </fieldset>
  )
}

/** "hi" as "Hindi (hi)"; what nobody knows as it is. */
function languageName(language: string): string {
  try {
    const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language)
    return name ? `${name} (${language})` : language
  } catch {
    return language
  }
}
