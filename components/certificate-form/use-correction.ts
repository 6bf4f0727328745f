'use client'
/** The state of one correction: values, what changed, undo, and the check of the same schema that the registry uses. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { get, useForm, useWatch, type FieldErrors, type Resolver, type UseFormReturn } from 'react-hook-form'
import type { Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { useType } from '@/components/type-in-force'
import { useLater } from '@/components/ui/use-later'
import { words } from '@/components/words'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Change } from '@/lib/api/contract'
import { changesBetween } from '@/lib/certificates/diff'
import { itemOf, valuesOf, type FormValues } from './values'

export interface Correction {
  form: UseFormReturn<FormValues>
  /** What it is a form of. */
  type: CertificateType
  /** What stands in the form, and what the certificate says in the same words. The same objects until something is typed. */
  values: FormValues
  initial: FormValues
  /** The request item as the form stands now. */
  item: unknown
  changes: Map<string, Change>
  steps: Steps
}

/** What can be done to a correction: the same functions from the first moment on. */
export interface Steps {
  /** Takes a field back to what the certificate says. */
  undo(path: string): void
  /** Takes the field that was changed last back; the field's path, or null when nothing is changed. */
  undoLast(): string | null
  /** Call when a field is edited: remembers the order for undoLast. */
  touched(path: string): void
}

/** The name under which react-hook-form knows a field of the record. */
export function nameOf(path: string): `record.${string}` {
  return `record.${path}`
}

/** Runs the correction that a draft stands for. */
export function useCorrection(draft: Draft): Correction {
  const { timeZone } = usePlace()
  // The form stays as it was opened, whatever comes into force meanwhile.
  const [type] = useState(useType())
  const base = draft.base.record
  const initial = useMemo(() => valuesOf(base, type, timeZone), [base, type, timeZone])
  const [resolver] = useState(() => resolverFor(base, type, timeZone))
  const form = useForm<FormValues>({
    defaultValues: draft.values,
    resolver,
    mode: 'onSubmit',
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
  })
  // Ahead of the first check, so that it is there without a connection, too.
  useLater(checks, false)
  const values = useWatch({ control: form.control }) as FormValues
  const item = useMemo(() => itemOf(values, base, type, timeZone), [values, base, type, timeZone])
  const changes = useMemo(
    () => new Map(changesBetween(base, item, type).map((change) => [change.path, change])),
    [base, item, type],
  )
  const steps = useSteps(form, type, initial, changes)
  return { form, type, values, initial, item, changes, steps }
}

function useSteps(
  form: UseFormReturn<FormValues>,
  type: CertificateType,
  initial: FormValues,
  changes: Map<string, Change>,
): Steps {
  const order = useRef<string[]>([])
  const latest = useRef(changes)
  useLayoutEffect(() => {
    latest.current = changes
  })
  return useMemo(() => {
    const put = (path: string, value: unknown) =>
      form.setValue(nameOf(path), structuredClone(value), { shouldDirty: true })
    const undo = (path: string) => {
      put(path, get(initial, nameOf(path)))
      form.clearErrors(nameOf(path))
    }
    return {
      undo,
      undoLast() {
        const changed = latest.current
        const last = order.current.findLast((path) => changed.has(path)) ?? [...changed.keys()].at(-1)
        if (last === undefined) return null
        order.current = order.current.filter((path) => path !== last)
        undo(last)
        return last
      },
      touched(path) {
        // What belonged to the old value goes with it, where nobody has changed it yet.
        for (const other of fieldsOf(type).find((field) => field.path === path)?.resets ?? []) {
          if (!latest.current.has(other)) put(other, '')
        }
        order.current = [...order.current.filter((other) => other !== path), path]
      },
    }
  }, [form, type, initial])
}

/** What is wrong with these values, as the form would say; empty when they could be sent. */
export async function errorsOf(
  values: FormValues,
  base: unknown,
  type: CertificateType,
  timeZone: string,
): Promise<FieldErrors<FormValues>> {
  const { errors } = await resolverFor(base, type, timeZone)(values, undefined, { fields: {} } as never)
  return errors
}

/** What checks a record is as large as the form itself: it comes when the form has opened and come to rest. */
function checks() {
  return import('./checks')
}

function resolverFor(base: unknown, type: CertificateType, timeZone: string): Resolver<FormValues> {
  return async (values, context, options) => {
    const { requestSchema, zodResolver } = await checks()
    const schema = requestSchema(type, { now: () => new Date(), timeZone })
    const check = zodResolver(schema as never) as unknown as Resolver<Record<string, unknown>>
    const { reason: given, ...item } = itemOf(values, base, type, timeZone) as Record<string, unknown>
    const wrongIn = async (checked: Record<string, unknown>) =>
      (await check(checked, context, { ...options, fields: {} } as never)).errors as FieldErrors<
        Record<string, unknown>
      >
    // The reason apart: while anything in a record is missing, the schema does not compare its dates.
    const record = await wrongIn(item)
    const { reason } = await wrongIn({ ...item, reason: given })
    const noteMissing =
      values.reason.cause === 'other' && values.reason.note.trim() === ''
        ? { note: { type: 'custom', message: words.correct.noteMissing } }
        : {}
    const reasons = { ...(reason as object | undefined), ...noteMissing }
    if (Object.keys(record).length === 0 && Object.keys(reasons).length === 0) return { values, errors: {} }
    return { values: {}, errors: { record, reason: reasons } as FieldErrors<FormValues> }
  }
}
