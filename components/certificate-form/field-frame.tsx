'use client'
/** What stands around every field: its label, what it was, undo, the error, advice. */
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { shownValue } from '@/components/display'
import { Marked } from '@/components/marked'
import { usePlace } from '@/components/place'
import { Beside } from '@/components/second-language'
import { words } from '@/components/words'
import type { Field } from '@/lib/certificate-types/type'
import type { Change } from '@/lib/api/contract'
import { markChanges } from '@/lib/certificates/diff'
import { isHidden } from '@/lib/certificates/hidden'

/** The id of a field's control, from its path. */
export function controlId(path: string): string {
  return `field-${path.replaceAll('.', '-')}`
}

interface FieldFrameProps {
  field: Field
  change: Change | undefined
  error: string | undefined
  advice: string | undefined
  onUndo: () => void
  /** Several controls share the label (a date, a list): then it is the legend of their group. */
  many?: boolean
  /** The value may be shown; false for what is hidden behind dots. */
  open?: boolean
  /** Stands at the end of the label's line. */
  corner?: ReactNode
  /** Stands below what the field was. */
  below?: ReactNode
  children: ReactNode
}

/** The ids that describe a control, for aria-describedby; undefined when nothing does. */
export function describedBy(field: Field, state: { error?: string; change?: Change; advice?: string }) {
  const id = controlId(field.path)
  const ids = [
    field.unit && `${id}-unit`,
    field.hint && `${id}-hint`,
    state.error && `${id}-error`,
    state.change && `${id}-was`,
    state.advice && `${id}-advice`,
  ]
  return ids.filter(Boolean).join(' ') || undefined
}

export function FieldFrame(props: FieldFrameProps) {
  const { field, change, error, many = false, corner } = props
  const id = controlId(field.path)
  const Label = many ? 'span' : 'label'
  return (
    <div
      role={many ? 'group' : undefined}
      aria-labelledby={many ? `${id}-label` : undefined}
      className={`relative row-span-4 mb-1 grid grid-rows-subgrid content-start ${field.half ? 'col-span-2 sm:col-span-1' : 'col-span-2'} ${
        change
          ? 'before:absolute before:inset-y-0 before:-start-3 before:w-[3px] before:rounded-full before:bg-mend sm:before:-start-3.5'
          : ''
      }`}
    >
      <div className="mb-1 flex min-h-6 items-baseline justify-between gap-3">
        <Label id={`${id}-label`} htmlFor={many ? undefined : id} className="text-sm font-semibold">
          {field.label}
          <Beside labels={field.labels} page={field.label} />
          {!field.required && <span className="font-normal text-ink-3"> · {words.correct.optional}</span>}
        </Label>
        {corner}
      </div>
      {error && (
        <p id={`${id}-error`} className="row-start-2 mb-1 text-sm font-semibold text-stop">
          {error}
        </p>
      )}
      {/* Label, error, control, rest: rows shared with the neighbour, so that what one says never moves the other. */}
      <div className="row-start-3 flex min-w-0 gap-2">
        <div className="min-w-0 flex-1">{props.children}</div>
        {field.unit && (
          <span id={`${id}-unit`} className="flex h-10 items-center text-sm text-ink-2">
            {field.unit}
          </span>
        )}
      </div>
      <div className="row-start-4 min-w-0">
        {field.hint && (
          <p id={`${id}-hint`} className="mt-1 text-xs text-ink-3">
            {field.hint}
            <Beside labels={field.hints} page={field.hint} />
          </p>
        )}
        {/* Its place is kept free: the first letter moves nothing. */}
        <div className="min-h-6">{change && <WasLine {...props} change={change} />}</div>
        {props.below}
        {props.advice && (
          <p
            id={`${id}-advice`}
            role="status"
            className="mt-1.5 mb-3 flex gap-2 rounded-control bg-warn-soft px-3 py-2 text-sm"
          >
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            {props.advice}
          </p>
        )}
      </div>
    </div>
  )
}

function WasLine({ field, change, onUndo, open = true }: FieldFrameProps & { change: Change }) {
  const { timeZone } = usePlace()
  const before = shownValue(field, change.before ?? '', timeZone)
  const after = shownValue(field, change.after ?? '', timeZone)
  const marked = markChanges(before, after)
  return (
    <div className="flex items-baseline gap-3 text-xs">
      <p id={`${controlId(field.path)}-was`} className="min-w-0 flex-1 text-ink-2">
        <span className="me-1.5 font-semibold text-mend">{words.correct.changed}</span>
        {before === '' ? (
          words.correct.wasEmpty
        ) : (
          <>
            {words.correct.was}{' '}
            {open && !isHidden(change.before) ? <Marked segments={marked.before} as="del" ltr={field.ltr} /> : before}
          </>
        )}
      </p>
      <button type="button" className="link min-h-6 shrink-0" onClick={onUndo}>
        {words.correct.undo}
        <span className="sr-only"> {field.label}</span>
      </button>
    </div>
  )
}
