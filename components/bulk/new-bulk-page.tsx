'use client'
/** Uploading a file: what it holds, its template, why. */
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { Choices, TextField } from '@/components/administration/form-parts'
import { useSaving } from '@/components/administration/use-saving'
import { useBrought } from '@/components/brought'
import { useHas } from '@/components/place'
import { newUuid } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { PageHeading } from '@/components/ui/page-heading'
import { useType } from '@/components/type-in-force'
import { addressOf, call } from '@/lib/api/call'
import type { BulkKind } from '@/lib/bulk/answers'
import { FileField } from './file-field'
import { words } from './words'

const text = words.form
const FILE = 'file'
const REASON = 'reason'
const CAUSES = Object.entries(text.causes) as [keyof typeof text.causes, string][]

export function NewBulkPage() {
  const certifies = useHas('supervisor')
  const router = useRouter()
  const types = useTypes()
  const [type, setType] = useState(useType().name)
  const [kind, setKind] = useState<BulkKind>('update')
  const [cause, setCause] = useState<keyof typeof text.causes>('our typing error')
  const [reason, setReason] = useState('')
  const [file, setFile] = useState<File | null>(null)
  // One attempt for one file: sent twice it is the same run.
  const [attempt, setAttempt] = useState(newUuid)
  const saving = useSaving(
    { '/reason': { id: REASON, label: text.reason }, '/file': { id: FILE, label: text.file } },
    FILE,
  )
  const change =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      set(value)
      setAttempt(newUuid())
    }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing: FormProblem[] = [
      ...(file ? [] : [{ target: FILE, message: text.fileMissing }]),
      ...(kind === 'update' && reason.trim() === '' ? [{ target: REASON, message: text.reasonMissing }] : []),
    ]
    if (missing.length > 0) return saving.fail(missing)
    const form = new FormData()
    const fields = { attempt, kind, type, ...(kind === 'update' ? { cause, reason } : {}) }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', file!)
    void saving.run(
      () => call('POST /v3/bulk', { form }),
      (run) => router.push(`/bulk/${run.runId}`),
    )
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading crumbs={[{ key: 'bulk', label: words.title, href: '/bulk' }]} title={text.title} lead={text.lead} />
      <form noValidate onSubmit={submit} className="mt-6 space-y-6">
        <ErrorSummary problems={saving.problems} turn={saving.turn} />
        <div className="sheet space-y-5 px-5 py-6 sm:px-7">
          {certifies && (
            <Choices
              legend={text.kind}
              name="kind"
              value={kind}
              onChange={change(setKind)}
              options={[
                { value: 'update', label: words.kinds.update, hint: text.updateHint },
                { value: 'certify', label: words.kinds.certify, hint: text.certifyHint },
              ]}
            />
          )}
          {types.length > 1 && (
            <Choices
              legend={text.type}
              name="type"
              value={type}
              onChange={change(setType)}
              options={types.map(({ name, title }) => ({ value: name, label: title }))}
            />
          )}
          <div>
            <p className="text-sm text-ink-2">{text.templateHint[kind]}</p>
            <a
              href={addressOf('GET /v3/bulk/template.csv', { query: { type, kind } })}
              download
              className={`${buttonClass('second')} mt-3 max-sm:w-full`}
            >
              <Download aria-hidden className="size-4" />
              {text.template}
            </a>
          </div>
        </div>
        <div className="sheet space-y-5 px-5 py-6 sm:px-7">
          <FileField id={FILE} file={file} onFile={change(setFile)} problems={saving.problems} />
          {kind === 'update' && (
            <>
              <Choices
                legend={text.cause}
                name="cause"
                value={cause}
                onChange={change(setCause)}
                options={CAUSES.map(([value, label]) => ({ value, label }))}
              />
              <TextField
                id={REASON}
                label={text.reason}
                hint={text.reasonHint}
                value={reason}
                onChange={change(setReason)}
                problems={saving.problems}
                lines={2}
              />
            </>
          )}
        </div>
        <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
          {saving.busy ? text.sending : text.submit}
        </Button>
      </form>
    </div>
  )
}

function useTypes() {
  const brought = useBrought('GET /v3/types')
  const { data } = useQuery({
    ...brought,
    queryKey: ['types'],
    queryFn: () => call('GET /v3/types'),
    staleTime: 60_000,
  })
  return data?.types ?? []
}
