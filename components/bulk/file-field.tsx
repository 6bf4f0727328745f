'use client'
/** A file to be chosen, or dropped where the field is. */
import { FileUp } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import { FieldLabel, describedBy } from '@/components/administration/form-parts'
import type { FormProblem } from '@/components/ui/error-summary'
import { Value } from '@/components/ui/value'
import { words } from './words'

interface FileFieldProps {
  id: string
  file: File | null
  onFile: (file: File) => void
  problems: FormProblem[]
}

const text = words.form

export function FileField({ id, file, onFile, problems }: FileFieldProps) {
  const [over, setOver] = useState(false)
  const labelled = { id, label: text.file, hint: text.fileHint, problems }
  const wrong = problems.some(({ target }) => target === id)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped) onFile(dropped)
  }
  return (
    <div>
      <FieldLabel {...labelled} />
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`relative mt-1.5 flex min-h-32 flex-col items-center justify-center gap-1 rounded-control border-2 border-dashed px-4 py-6 text-center has-focus-visible:shadow-(--focus) ${
          wrong ? 'border-stop' : over ? 'border-act bg-act-soft' : 'border-edge hover:border-act'
        }`}
      >
        <FileUp aria-hidden className="size-6 text-ink-3" />
        {file && (
          <p className="max-w-full font-semibold wrap-anywhere">
            <Value>{file.name}</Value>
          </p>
        )}
        <p aria-hidden className="text-sm text-ink-2">
          <span className="font-semibold text-act underline underline-offset-3">
            {file ? text.another : text.choose}
          </span>{' '}
          {over ? text.dropNow : text.drop}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,application/x-ndjson"
          aria-describedby={describedBy(labelled)}
          aria-invalid={wrong || undefined}
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen) onFile(chosen)
            // The same file, changed since, can be chosen again.
            event.target.value = ''
          }}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
    </div>
  )
}
