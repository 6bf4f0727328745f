'use client'
/** What a source system is called and may do. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { SCOPES } from '@/lib/auth/scopes'
import type { ClientView, Scope } from '@/lib/people/answers'
import { DISTRICT_ID, FACILITY_ID, FacilityChoice, NO_PICK, pickedIn, pickOf, pickProblem } from './facility-choice'
import { Choices, TextField, Tick } from './form-parts'
import { useSaving } from './use-saving'
import { words } from './words'

export interface ClientDetails {
  name: string
  facilityCode: string | null
  district: string | null
  programs: string[]
  batch: 'all' | 'each'
  sandbox: boolean
  ratePerMinute: number | null
  scopes: Scope[]
  /** Of the first token; a later one is given its end when it is made. */
  expiresInDays: number | null
}

const FORM = 'client-form'
const RATE = 'rate'
const DAYS = 'expires'
const USUAL: Scope[] = ['certify', 'update', 'read']
const FIELDS = {
  '/name': { id: 'name', label: words.clients.name },
  '/facilityCode': { id: FACILITY_ID, label: words.operators.facility },
  '/district': { id: DISTRICT_ID, label: words.operators.districtName },
  '/programs': { id: 'programs', label: words.clients.programs },
  '/ratePerMinute': { id: RATE, label: words.clients.rate },
  '/expiresInDays': { id: DAYS, label: words.clients.expires },
}

interface ClientFormProps<T> {
  /** null = a new one. */
  client: ClientView | null
  send: (details: ClientDetails) => Promise<T>
  done: (answer: T) => void
}

export function ClientForm<T>({ client, send, done }: ClientFormProps<T>) {
  const [name, setName] = useState(client?.name ?? '')
  const [pick, setPick] = useState(() => (client ? pickOf(client) : NO_PICK))
  const [programs, setPrograms] = useState(client?.programs.join('\n') ?? '')
  const [batch, setBatch] = useState<'all' | 'each'>(client?.batch ?? 'all')
  const [sandbox, setSandbox] = useState(client?.sandbox ?? false)
  const [rate, setRate] = useState(client?.ratePerMinute?.toString() ?? '')
  const [scopes, setScopes] = useState<readonly Scope[]>(client?.scopes ?? USUAL)
  const [days, setDays] = useState('')
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const picked = pickedIn(pick)
    const wrong = [
      ...(picked === null ? [pickProblem(pick)] : []),
      ...(/^\s*\d*\s*$/.test(rate) ? [] : [{ target: RATE, message: words.clients.rateWrong }]),
      ...(isDays(days) ? [] : [{ target: DAYS, message: words.clients.expiresWrong }]),
    ]
    if (picked === null || wrong.length > 0) return saving.fail(wrong)
    const ratePerMinute = rate.trim() === '' ? null : Number(rate)
    const expiresInDays = days.trim() === '' ? null : Number(days)
    const lines = programs.split('\n').map((line) => line.trim())
    const given = {
      name,
      programs: lines.filter((line) => line !== ''),
      batch,
      sandbox,
      ratePerMinute,
      scopes: [...scopes],
      expiresInDays,
    }
    void saving.run(() => send({ ...given, ...picked }), done)
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={problems} turn={saving.turn} />
      <TextField
        id="name"
        label={words.clients.name}
        hint={words.clients.nameHint}
        value={name}
        onChange={setName}
        problems={problems}
      />
      <FacilityChoice
        pick={pick}
        onPick={setPick}
        hints={{
          all: words.clients.facilityAllHint,
          one: words.clients.facilityOneHint,
          district: words.clients.districtHint,
        }}
        problems={problems}
      />
      <TextField
        id="programs"
        label={words.clients.programs}
        hint={words.clients.programsHint}
        value={programs}
        onChange={setPrograms}
        problems={problems}
        lines={2}
      />
      <fieldset>
        <legend className="text-sm font-semibold">{words.clients.scopes}</legend>
        <p className="text-sm text-ink-3">{words.clients.scopesHint}</p>
        <div className="mt-1">
          {SCOPES.map((scope) => (
            <Tick
              key={scope}
              id={`scope-${scope}`}
              label={words.clients.scopeNames[scope][0]!}
              hint={words.clients.scopeNames[scope][1]}
              checked={scopes.includes(scope)}
              onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
            />
          ))}
        </div>
      </fieldset>
      <Choices
        legend={words.clients.batch}
        name="batch"
        value={batch}
        onChange={setBatch}
        options={[
          { value: 'all', label: words.clients.batchAll, hint: words.clients.batchAllHint },
          { value: 'each', label: words.clients.batchEach, hint: words.clients.batchEachHint },
        ]}
      />
      <TextField
        id={RATE}
        label={words.clients.rate}
        hint={words.clients.rateHint}
        value={rate}
        onChange={setRate}
        problems={problems}
        ltr
        numeric
      />
      {client === null && (
        <TextField
          id={DAYS}
          label={words.clients.expires}
          hint={words.clients.expiresHint}
          value={days}
          onChange={setDays}
          problems={problems}
          ltr
          numeric
        />
      )}
      {client === null ? (
        <Tick
          id="sandbox"
          label={words.clients.sandbox}
          hint={words.clients.sandboxHint}
          checked={sandbox}
          onChange={setSandbox}
        />
      ) : (
        client.sandbox && <p className="text-sm text-ink-2">{words.clients.sandboxFixed}</p>
      )}
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? words.saving : client === null ? words.clients.addSubmit : words.save}
      </Button>
    </form>
  )
}

/** Whether this is a number of days after which a token ends; empty = it does not. */
export function isDays(text: string): boolean {
  return /^\s*(?:[1-9]\d{0,3})?\s*$/.test(text) && Number(text) <= 3650
}
