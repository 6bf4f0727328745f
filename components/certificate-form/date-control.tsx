'use client'
/** A day in three parts (and the time of an instant): typed as it is spoken, pasted as it comes. */
import { useRef } from 'react'
import { words } from '@/components/words'
import { boxClass, type ControlProps } from './controls'

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute'

const LENGTH: Record<Part, number> = { year: 4, month: 2, day: 2, hour: 2, minute: 2 }
const WIDTH: Record<number, string> = { 2: 'w-[2.1em]', 4: 'w-[3.2em]' }

interface DateControlProps extends ControlProps<string> {
  /** With hours and minutes. */
  time: boolean
  labelledBy: string
}

export function DateControl({
  id,
  value,
  onChange,
  time,
  labelledBy,
  describedBy,
  invalid,
  changed,
}: DateControlProps) {
  const parts = split(value)
  const box = useRef<HTMLDivElement>(null)
  const set = (part: Part, text: string) => {
    const pasted = text.length > LENGTH[part] ? wholeDate(text) : null
    if (pasted) return onChange(joined({ ...parts, ...pasted }, time))
    onChange(joined({ ...parts, [part]: text.replaceAll(/\D/g, '').slice(0, LENGTH[part]) }, time))
  }
  const order: Part[] = time ? ['day', 'month', 'year', 'hour', 'minute'] : ['day', 'month', 'year']
  return (
    <div
      ref={box}
      dir="ltr"
      className={`flex items-center gap-0.5 px-2! focus-within:shadow-(--focus) ${boxClass({ invalid, changed })}`}
    >
      {order.map((part, index) => (
        <span key={part} className="contents">
          {index > 0 && (
            <span aria-hidden className={part === 'hour' ? 'mx-1.5 h-4 w-px bg-line-strong' : 'text-ink-3'}>
              {part === 'hour' ? '' : part === 'minute' ? ':' : '/'}
            </span>
          )}
          <input
            id={index === 0 ? id : `${id}-${part}`}
            inputMode="numeric"
            autoComplete="off"
            aria-label={words.correct[part]}
            aria-describedby={index === 0 ? `${labelledBy}${describedBy ? ` ${describedBy}` : ''}` : describedBy}
            aria-invalid={invalid || undefined}
            placeholder={words.correct.placeholder[part]}
            value={parts[part]}
            onChange={(event) => set(part, event.target.value)}
            onFocus={(event) => event.target.select()}
            className={`numbers min-h-7 rounded-[4px] bg-transparent text-center focus:bg-act-soft focus-visible:shadow-none ${WIDTH[LENGTH[part]]}`}
          />
        </span>
      ))}
    </div>
  )
}

/** "1957-01-30" and "2021-10-17T13:10" in parts; what is not there yet is "". */
function split(value: string): Record<Part, string> {
  const [day = '', clock = ''] = value.split('T')
  const [year = '', month = '', date = ''] = day.split('-')
  const [hour = '', minute = ''] = clock.split(':')
  return { year, month, day: date, hour, minute }
}

function joined(parts: Record<Part, string>, time: boolean): string {
  const { year, month, day, hour, minute } = parts
  if (!year && !month && !day && (!time || (!hour && !minute))) return ''
  return `${year}-${month}-${day}${time ? `T${hour}:${minute}` : ''}`
}

/** A pasted day, with the year first or last. */
function wholeDate(text: string): Record<'year' | 'month' | 'day', string> | null {
  const first = /(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(text)
  if (first) return { year: first[1]!, month: first[2]!, day: first[3]! }
  const last = /(\d{1,2})\D(\d{1,2})\D(\d{4})/.exec(text)
  return last ? { day: last[1]!, month: last[2]!, year: last[3]! } : null
}
