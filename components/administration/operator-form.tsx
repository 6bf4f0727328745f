'use client'
/** Name, facility and roles of a person: for a new one with the username, for a known one without. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { ROLES } from '@/lib/auth/roles'
import type { OperatorView, Role } from '@/lib/people/answers'
import { DISTRICT_ID, FACILITY_ID, FacilityChoice, NO_PICK, pickedIn, pickOf, pickProblem } from './facility-choice'
import { TextField, Tick, Wrong } from './form-parts'
import { useSaving } from './use-saving'
import { words } from './words'

export interface OperatorDetails {
  username: string
  name: string
  facilityCode: string | null
  district: string | null
  roles: Role[]
  secondFactorRequired: boolean
}

const FORM = 'operator-form'
const ROLES_ID = 'role-operator'
const FIELDS = {
  '/username': { id: 'username', label: words.operators.username },
  '/name': { id: 'name', label: words.operators.name },
  '/facilityCode': { id: FACILITY_ID, label: words.operators.facility },
  '/district': { id: DISTRICT_ID, label: words.operators.districtName },
  '/roles': { id: ROLES_ID, label: words.operators.roles },
}

interface OperatorFormProps<T> {
  /** null = a new one. */
  operator: OperatorView | null
  send: (details: OperatorDetails) => Promise<T>
  done: (answer: T) => void
}

export function OperatorForm<T>({ operator, send, done }: OperatorFormProps<T>) {
  const [username, setUsername] = useState('')
  const [name, setName] = useState(operator?.name ?? '')
  const [pick, setPick] = useState(() => (operator ? pickOf(operator) : NO_PICK))
  const [roles, setRoles] = useState<readonly Role[]>(operator?.roles ?? ['operator'])
  const [secondFactorRequired, setSecondFactorRequired] = useState(operator?.secondFactorRequired ?? false)
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const picked = pickedIn(pick)
    const wrong = [
      ...(picked === null ? [pickProblem(pick)] : []),
      ...(roles.length === 0 ? [{ target: ROLES_ID, message: words.operators.rolesMissing }] : []),
    ]
    if (picked === null || wrong.length > 0) return saving.fail(wrong)
    void saving.run(() => send({ username, name, ...picked, roles: [...roles], secondFactorRequired }), done)
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
        hints={{
          all: words.operators.facilityAllHint,
          one: words.operators.facilityOneHint,
          district: words.operators.districtHint,
        }}
        problems={problems}
      />
      <fieldset disabled={operator?.you}>
        <legend className="text-sm font-semibold">{words.operators.roles}</legend>
        <p className="text-sm text-ink-3">{operator?.you ? words.operators.rolesOwn : words.operators.rolesHint}</p>
        <Wrong id={ROLES_ID} problems={problems} />
        <div className="mt-1">
          {ROLES.map((role) => (
            <Tick
              key={role}
              id={`role-${role}`}
              label={words.operators.roleNames[role][0]!}
              hint={words.operators.roleNames[role][1]}
              checked={roles.includes(role)}
              onChange={(on) => setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))}
            />
          ))}
        </div>
      </fieldset>
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
