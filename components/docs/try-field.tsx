'use client'
/** One parameter to be filled in. */
import { useId } from 'react'
import type { ReferenceParameter } from '@/lib/developers/answers'
import { valueKey } from './try-request'
import { words } from './words'

interface TryFieldProps {
  parameter: ReferenceParameter
  value: string
  problem: string
  onChange: (value: string) => void
}

export function TryField({ parameter, value, problem, onChange }: TryFieldProps) {
  const { name, place, required, choices } = parameter
  const id = useId()
  const control = {
    id,
    name: valueKey(parameter),
    value,
    'aria-invalid': problem !== '' || undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
    className: `mt-1 block min-h-11 w-full rounded-control border bg-sheet px-3 font-mono text-sm ${problem ? 'border-stop' : 'border-edge'}`,
  }
  return (
    <div>
      <label htmlFor={id} className="text-[0.9375rem]">
        <bdi dir="ltr" className="font-mono text-sm font-semibold">
          {name}
        </bdi>{' '}
        <span className="text-sm text-ink-3">
          {words.endpoint.place[place]}, {required ? words.endpoint.required : words.endpoint.optional}
        </span>
      </label>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-sm font-semibold text-stop">
          {problem}
        </p>
      )}
      {choices.length > 0 ? (
        <select {...control} onChange={(event) => onChange(event.target.value)}>
          <option value="">{words.tryIt.notGiven}</option>
          {choices
            .filter((choice) => choice !== '')
            .map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
        </select>
      ) : (
        <input
          {...control}
          type="text"
          dir="ltr"
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  )
}
