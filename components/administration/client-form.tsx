'use client'
/** What a source system is called and may do. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { ClientView } from '@/lib/people/answers'
import { codeIn, FACILITY_ID, FacilityChoice, NO_PICK, pickOf } from './facility-choice'
import { Choices, TextField, Tick } from './form-parts'
import { useSaving } from './use-saving'
import { words } from './words'

export interface ClientDetails {
  name: string
  facilityCode: string | null
  batch: 'all' | 'each'
  sandbox: boolean
  ratePerMinute: number | null
}

const FORM = 'client-form'
const RATE = 'rate'
const FIELDS = {
  '/name': { id: 'name', label: words.clients.name },
  '/facilityCode': { id: FACILITY_ID, label: words.operators.facility },
  '/ratePerMinute': { id: RATE, label: words.clients.rate },
}

interface ClientFormProps<T> {
  /** null = a new one. */
  client: ClientView | null
  send: (details: ClientDetails) => Promise<T>
  done: (answer: T) => void
}

export function ClientForm<T>({ client, send, done }: ClientFormProps<T>) {
  const [name, setName] = useState(client?.name ?? '')
  const [pick, setPick] = useState(() => (client ? pickOf(client.facility) : NO_PICK))
  const [batch, setBatch] = useState<'all' | 'each'>(client?.batch ?? 'all')
  const [sandbox, setSandbox] = useState(client?.sandbox ?? false)
  const [rate, setRate] = useState(client?.ratePerMinute?.toString() ?? '')
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const facilityCode = codeIn(pick)
    const wrong = [
      ...(facilityCode === undefined ? [{ target: FACILITY_ID, message: words.operators.facilityMissing }] : []),
      ...(/^\s*\d*\s*$/.test(rate) ? [] : [{ target: RATE, message: words.clients.rateWrong }]),
    ]
    if (facilityCode === undefined || wrong.length > 0) return saving.fail(wrong)
    const ratePerMinute = rate.trim() === '' ? null : Number(rate)
    void saving.run(() => send({ name, facilityCode, batch, sandbox, ratePerMinute }), done)
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
        hints={{ all: words.clients.facilityAllHint, one: words.clients.facilityOneHint }}
        problems={problems}
      />
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
