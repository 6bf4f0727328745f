'use client'
/** Keys of another issuer: pasted, read in the browser, shown, then trusted. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { KEY_PROBLEMS, readKeys } from '@/lib/verification/key-text'
import type { TrustedIssuerView } from '@/lib/trust/answers'
import { TextField } from './form-parts'
import { HandedKeys } from './handed-keys'
import { trustWords } from './trust-words'
import { useSaving } from './use-saving'
import { words } from './words'

export interface TrustDetails {
  name: string
  keys: string
  verificationMethod: string
  note: string
}

const FORM = 'trust-form'
const FIELDS = {
  '/name': { id: 'name', label: trustWords.name },
  '/keys': { id: 'keys', label: trustWords.keys },
  '/verificationMethod': { id: 'method', label: trustWords.method },
  '/note': { id: 'note', label: trustWords.note },
}

const ALL_PROBLEMS: unknown[] = Object.values(KEY_PROBLEMS)

interface TrustFormProps {
  send: (details: TrustDetails) => Promise<{ issuers: TrustedIssuerView[] }>
  done: (issuers: TrustedIssuerView[]) => void
}

export function TrustForm({ send, done }: TrustFormProps) {
  const [name, setName] = useState('')
  const [keys, setKeys] = useState('')
  const [method, setMethod] = useState('')
  const [note, setNote] = useState('')
  const saving = useSaving(FIELDS, FORM)
  const read = readKeys(keys)
  const found = 'keys' in read ? read.keys : []
  const isNamed = found.length > 0 && found.every(({ verificationMethod }) => verificationMethod !== null)
  // Said at once, before anything is sent: a private key may not leave this browser.
  const wrong = 'problem' in read && read.problem !== 'empty' ? KEY_PROBLEMS[read.problem] : null
  // What was wrong with a text goes with that text.
  const said = saving.problems.filter(({ message }) => 'problem' in read || !ALL_PROBLEMS.includes(message))
  const problems = [
    ...said.filter(({ target }) => target !== 'keys' || wrong === null),
    ...(wrong === null ? [] : [{ target: 'keys', message: wrong }]),
  ]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ('problem' in read) return saving.fail([{ target: 'keys', message: KEY_PROBLEMS[read.problem] }])
    const details = { name, keys, verificationMethod: isNamed ? '' : method, note }
    void saving.run(
      () => send(details),
      ({ issuers }) => done(issuers),
    )
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={said} turn={saving.turn} />
      <TextField
        id="name"
        label={trustWords.name}
        hint={trustWords.nameHint}
        value={name}
        onChange={setName}
        problems={problems}
      />
      <TextField
        id="keys"
        label={trustWords.keys}
        hint={trustWords.keysHint}
        value={keys}
        onChange={setKeys}
        problems={problems}
        lines={7}
        ltr
      />
      {found.length > 0 && <HandedKeys keys={found} />}
      {!isNamed && (
        <TextField
          id="method"
          label={trustWords.method}
          hint={trustWords.methodHint}
          value={method}
          onChange={setMethod}
          problems={problems}
          ltr
        />
      )}
      <TextField
        id="note"
        label={trustWords.note}
        hint={trustWords.noteHint}
        value={note}
        onChange={setNote}
        problems={problems}
        lines={2}
      />
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? words.saving : trustWords.addSubmit(found.length)}
      </Button>
    </form>
  )
}
