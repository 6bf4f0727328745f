'use client'
/** Asks again who somebody is: the password, and a code where there is a second factor. */
import type { FormEvent } from 'react'
import { PasswordField } from '@/components/password/password-field'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { Sending } from './use-sending'
import { CodeField } from './code-field'
import { words } from './words'

interface ProveFormProps {
  /** Before the ids of the controls. */
  prefix: string
  title?: string
  lead?: string
  action: string
  withCode: boolean
  sending: Sending
  onSend: (given: { password: string; code: string }) => void
  onCancel: () => void
}

export function ProveForm({ prefix, title, lead, action, withCode, sending, onSend, onCancel }: ProveFormProps) {
  const [password, code] = [`${prefix}password`, `${prefix}code`]
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const given = { password: String(form.get(password) ?? ''), code: String(form.get(code) ?? '').trim() }
    const missing = [
      ...(given.password ? [] : [{ target: password, message: words.prove.missing }]),
      ...(given.code || !withCode ? [] : [{ target: code, message: words.prove.codeMissing }]),
    ]
    if (missing.length > 0) sending.fail(missing)
    else onSend(given)
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="max-w-md">
      {title && <h3 className="text-base font-semibold">{title}</h3>}
      {lead && <p className="mt-1 text-[0.9375rem] text-ink-2">{lead}</p>}
      <div className="mt-4 empty:hidden">
        <ErrorSummary problems={sending.problems} turn={sending.turn} />
      </div>
      <PasswordField
        id={password}
        label={words.prove.password}
        autoComplete="current-password"
        shown={false}
        problems={sending.problems}
      />
      {withCode && <CodeField id={code} label={words.prove.code} problems={sending.problems} />}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button type="submit" kind="main" busy={sending.busy}>
          {action}
        </Button>
        <Button onClick={onCancel}>{words.prove.cancel}</Button>
      </div>
    </form>
  )
}
