'use client'
/** Name, facility and role of an operator: for a new one with the username, for a known one without. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { OperatorView } from '@/lib/people/answers'
import { codeIn, FACILITY_ID, FacilityChoice, NO_PICK, pickOf } from './facility-choice'
import { TextField, Tick } from './form-parts'
import { useSaving } from './use-saving'
import { words } from './words'

export interface OperatorDetails {
  username: string
  name: string
  facilityCode: string | null
  administrator: boolean
  secondFactorRequired: boolean
}

const FORM = 'operator-form'
const FIELDS = {
  '/username': { id: 'username', label: words.operators.username },
  '/name': { id: 'name', label: words.operators.name },
  '/facilityCode': { id: FACILITY_ID, label: words.operators.facility },
}

interface OperatorFormProps<T> {
  /** null = a new one. */
  operator: OperatorView | null
  send: (details: OperatorDetails) => Promise<T>
  done: (answer: T) => void
  /** Asked before sending; calls on when it may be sent. */
  ask?: (details: OperatorDetails, proceed: () => void) => void
}

export function OperatorForm<T>({ operator, send, done, ask }: OperatorFormProps<T>) {
  const [username, setUsername] = useState('')
  const [name, setName] = useState(operator?.name ?? '')
  const [pick, setPick] = useState(() => (operator ? pickOf(operator.facility) : NO_PICK))
  const [administrator, setAdministrator] = useState(operator?.administrator ?? false)
  const [secondFactorRequired, setSecondFactorRequired] = useState(operator?.secondFactorRequired ?? false)
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const facilityCode = codeIn(pick)
    if (facilityCode === undefined) {
      return saving.fail([{ target: FACILITY_ID, message: words.operators.facilityMissing }])
    }
    const details = { username, name, facilityCode, administrator, secondFactorRequired }
    const proceed = () => void saving.run(() => send(details), done)
    if (ask) ask(details, proceed)
    else proceed()
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={problems} turn={saving.turn} />
      {operator === null && (
        <TextField
          id="username"
          label={words.operators.username}
          hint={words.operators.usernameHint}
          value={username}
          onChange={setUsername}
          problems={problems}
          ltr
        />
      )}
      <TextField
        id="name"
        label={words.operators.name}
        hint={words.operators.nameHint}
        value={name}
        onChange={setName}
        problems={problems}
      />
      <FacilityChoice
        pick={pick}
        onPick={setPick}
        hints={{ all: words.operators.facilityAllHint, one: words.operators.facilityOneHint }}
        problems={problems}
      />
      <Tick
        id="administrator"
        label={words.operators.administrator}
        hint={words.operators.administratorHint}
        checked={administrator}
        onChange={setAdministrator}
      />
      <Tick
        id="second-factor-required"
        label={words.operators.secondFactorRequired}
        hint={words.operators.secondFactorRequiredHint}
        checked={secondFactorRequired}
        onChange={setSecondFactorRequired}
      />
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? words.saving : operator === null ? words.operators.addSubmit : words.save}
      </Button>
    </form>
  )
}
