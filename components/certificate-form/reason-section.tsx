'use client'
/** Who asked for the correction and why. */
import { memo } from 'react'
import { Controller, useFormState, useWatch, type Control, type UseFormRegister } from 'react-hook-form'
import { words } from '@/components/words'
import { boxClass } from './controls'
import type { FormValues } from './values'

interface ReasonSectionProps {
  control: Control<FormValues>
  register: UseFormRegister<FormValues>
}

/** Drawn anew with what is chosen in it, not with every letter in the record. */
export const ReasonSection = memo(function ReasonSection({ control, register }: ReasonSectionProps) {
  const errors = useFormState({ control }).errors.reason
  const other = useWatch({ control, name: 'reason.cause' }) === 'other'
  return (
    <section aria-labelledby="section-reason" className="px-5 py-5 sm:px-7">
      <h2 id="section-reason" className="mb-3 text-xs tracking-[0.06em] text-ink-2 uppercase">
        {words.correct.whyTitle}
      </h2>
      <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <Choices control={control} name="requestedBy" legend={words.correct.whoAsked} options={words.requesters} />
        <Choices control={control} name="cause" legend={words.correct.cause} options={words.causes} />
        <div className="sm:col-span-2">
          <label htmlFor="reason-note" className="text-sm font-semibold">
            {words.correct.note}
            {!other && <span className="font-normal text-ink-3"> · {words.correct.optional}</span>}
          </label>
          <p id="reason-note-hint" className="mb-1 text-xs text-ink-3">
            {words.correct.noteHint}
          </p>
          {errors?.note?.message && (
            <p id="reason-note-error" className="mb-1 text-sm font-semibold text-stop">
              {errors.note.message}
            </p>
          )}
          <input
            id="reason-note"
            dir="auto"
            autoComplete="off"
            maxLength={500}
            aria-describedby={errors?.note ? 'reason-note-hint reason-note-error' : 'reason-note-hint'}
            aria-invalid={errors?.note ? true : undefined}
            className={boxClass({ invalid: errors?.note !== undefined, changed: false })}
            {...register('reason.note')}
          />
        </div>
      </div>
    </section>
  )
})

interface ChoicesProps {
  control: Control<FormValues>
  name: 'requestedBy' | 'cause'
  legend: string
  options: Record<string, string>
}

function Choices({ control, name, legend, options }: ChoicesProps) {
  return (
    <Controller
      control={control}
      name={`reason.${name}`}
      render={({ field, fieldState }) => (
        <fieldset aria-describedby={fieldState.error ? `reason-${name}-error` : undefined}>
          <legend className="text-sm font-semibold">{legend}</legend>
          {fieldState.error && (
            <p id={`reason-${name}-error`} className="text-sm font-semibold text-stop">
              {fieldState.error.message}
            </p>
          )}
          <div className="mt-1.5">
            {Object.entries(options).map(([value, label], index) => (
              <label key={value} className="flex min-h-9 items-center gap-2.5 text-[0.9375rem]">
                <input
                  type="radio"
                  id={index === 0 ? `reason-${name}` : undefined}
                  name={`reason-${name}`}
                  value={value}
                  checked={field.value === value}
                  onChange={() => field.onChange(value)}
                  className={`size-[1.125rem] shrink-0 appearance-none rounded-full border bg-sheet checked:border-[5.5px] checked:border-act ${
                    fieldState.error ? 'border-stop' : 'border-edge'
                  }`}
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    />
  )
}
