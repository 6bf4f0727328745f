'use client'
/** One sentence that has to be written before something is done. */
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'

interface AnswerFormProps {
  id: string
  words: { label: string; hint: string; missing: string; submit: string; cancel: string }
  busy: boolean
  kind: 'main' | 'stop'
  onCancel: () => void
  onSend: (text: string) => void
}

export function AnswerForm({ id, words, busy, kind, onCancel, onSend }: AnswerFormProps) {
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') return onSend(text.trim())
    setMissing(true)
    field.current?.focus()
  }
  return (
    <form noValidate onSubmit={submit} className="mt-4 border-t border-line pt-4">
      <label htmlFor={id} className="block text-sm font-semibold">
        {words.label}
      </label>
      <p id={`${id}-hint`} className="text-sm text-ink-3">
        {words.hint}
      </p>
      {missing && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm font-semibold text-stop">
          {words.missing}
        </p>
      )}
      <textarea
        ref={field}
        id={id}
        dir="auto"
        rows={2}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby={missing ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={missing || undefined}
        className={`mt-1.5 w-full rounded-control border bg-sheet px-3.5 py-2.5 ${missing ? 'border-stop' : 'border-edge'}`}
      />
      <div className="mt-3 flex flex-wrap gap-3">
        <Button type="submit" kind={kind} busy={busy}>
          {words.submit}
        </Button>
        <Button disabled={busy} onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}
