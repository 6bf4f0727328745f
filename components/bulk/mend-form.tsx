'use client'
/** The cells of a refused row, to be written anew. */
import { useState, type FormEvent } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import type { BulkRow, BulkRun } from '@/lib/bulk/answers'
import { hiddenShown, isHidden } from '@/lib/certificates/hidden'
import { useBulkAction } from './use-bulk'
import { words } from './words'

const text = words.list

interface MendFormProps {
  row: BulkRow
  run: BulkRun
  onClose: () => void
}

export function MendForm({ row, run, onClose }: MendFormProps) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const form = `mend-${row.row}`
  const idOf = (head: string) => `${form}-${run.columns.indexOf(head)}`
  const saving = useBulkAction(run.runId, {}, form)
  const wrong: FormProblem[] = row.problems.map(({ column, message }) => ({ target: idOf(column), message }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const cells = Object.fromEntries(run.columns.map((head) => [head, typed[head] ?? row.cells[head] ?? '']))
    const params = { runId: run.runId, row: row.row }
    saving.act(() => call('PUT /v3/bulk/{runId}/rows/{row}', { params, body: { cells } }), onClose)
  }
  return (
    <form
      id={form}
      tabIndex={-1}
      noValidate
      onSubmit={submit}
      aria-label={text.fixing(row.row)}
      className="mt-3 space-y-4 rounded-control border border-line bg-paper px-4 py-4 focus-visible:shadow-none"
    >
      <ErrorSummary problems={saving.problems} turn={saving.turn} />
      <div className="grid gap-4 sm:grid-cols-2">
        {run.columns.map((head) => {
          const cell = row.cells[head] ?? ''
          const hidden = isHidden(cell) && typed[head] === undefined
          return (
            <TextField
              key={head}
              id={idOf(head)}
              label={head}
              hint={isHidden(cell) ? text.hidden : undefined}
              value={hidden ? hiddenShown(cell) : (typed[head] ?? cell)}
              onChange={(value) => setTyped((before) => ({ ...before, [head]: value }))}
              problems={typed[head] === undefined ? wrong : []}
            />
          )
        })}
      </div>
      <div className="flex flex-wrap gap-3 max-sm:flex-col">
        <Button type="submit" kind="main" busy={saving.busy}>
          {text.check}
        </Button>
        <Button onClick={onClose}>{text.cancel}</Button>
      </div>
    </form>
  )
}
