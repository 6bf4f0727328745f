'use client'
/** The type as text: type.json and each of its files, with errors at their lines. */
import { Plus, Trash2, Upload } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { base64Of, textOf } from '@/lib/certificate-types/base64'
import type { Draft } from '@/lib/certificate-types/draft'
import { lineOf, placesIn } from '@/lib/certificate-types/json-text'
import { SelectField } from '../select-field'
import { words } from '../words'
import { CodeArea } from './code-area'
import { FilePicture } from './file-picture'
import { FileButton } from './file-button'
import type { Finding } from './use-check'

const MAIN = 'type.json'

interface TextPanelProps {
  draft: Draft
  errors: Finding[]
  put: (next: Draft) => void
  file: string
  setFile: (name: string) => void
  /** A place in the file to go to; a new object is a new wish. */
  goTo: { pointer: string } | null
}

export function TextPanel({ draft, errors, put, file: wanted, setFile, goTo }: TextPanelProps) {
  const names = [MAIN, ...Object.keys(draft.files).sort()]
  const file = names.includes(wanted) ? wanted : MAIN
  const places = useMemo(() => placesIn(draft.document), [draft.document])
  const problems =
    file !== MAIN
      ? errors.filter(({ path }) => path === `/files/${file}`).map(({ message }) => ({ line: 1, message }))
      : errors
          .filter(({ path }) => !path.startsWith('/files/'))
          .map(({ path, message }) => ({ line: places.wrong?.line ?? lineOf(places, path), message }))
  const [wish, setWish] = useState({ from: goTo, line: null as { line: number } | null })
  if (goTo !== wish.from) {
    setWish({
      from: goTo,
      line: goTo && { line: places.wrong?.line ?? (goTo.pointer ? lineOf(places, goTo.pointer) : 1) },
    })
  }
  const setFiles = (files: Draft['files'], next = file) => {
    put({ ...draft, files })
    setFile(next)
  }
  const write = (text: string) =>
    put(file === MAIN ? { ...draft, document: text } : { ...draft, files: { ...draft.files, [file]: base64Of(text) } })
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-52 flex-1">
          <SelectField
            id="type-file"
            label={words.text.file}
            value={file}
            onChange={setFile}
            options={names.map((name) => ({ value: name, label: name }))}
          />
        </div>
        <FileButton
          accept=".json,.typ,.svg,.png"
          icon={<Plus aria-hidden className="size-4" />}
          label={words.text.addFile}
          onFile={(name, content) => setFiles({ ...draft.files, [name]: content }, name)}
        />
      </div>
      {file !== MAIN && (
        <div className="flex flex-wrap gap-3">
          <FileButton
            accept={file.slice(file.lastIndexOf('.'))}
            icon={<Upload aria-hidden className="size-4" />}
            label={words.text.replace}
            onFile={(_name, content) => setFiles({ ...draft.files, [file]: content })}
          />
          <Button
            kind="stop"
            onClick={() => {
              const { [file]: _gone, ...rest } = draft.files
              setFiles(rest, MAIN)
            }}
          >
            <Trash2 aria-hidden className="size-4" />
            {words.text.removeFile}
          </Button>
        </div>
      )}
      {/\.(svg|png)$/.test(file) && <FilePicture name={file} content={draft.files[file] ?? ''} />}
      {file.endsWith('.png') ? (
        <p className="text-sm text-ink-2">{words.text.noText}</p>
      ) : (
        <CodeArea
          key={file}
          id="type-text"
          name={file}
          text={file === MAIN ? draft.document : textOf(draft.files[file] ?? '')}
          onChange={write}
          problems={problems}
          goTo={wish.line}
        />
      )}
    </div>
  )
}
