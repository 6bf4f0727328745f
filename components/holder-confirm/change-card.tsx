'use client'
/** One detail that changes: as it is, as it will be, the difference marked and in words, and a way to say that it is wrong. */
import type { ReactNode } from 'react'
import { Marked } from '@/components/marked'
import { changeWording } from '@/components/public/change-words'
import { fieldLabel } from '@/components/public/field-labels'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { shownValue } from '@/components/public/shown-value'
import { Beside } from '@/components/second-language'
import { markChanges } from '@/lib/certificates/diff'
import type { ChangesToConfirm } from '@/lib/desk/answers'
import { confirmWords } from './words'

interface ChangeCardProps {
  change: ChangesToConfirm['corrections'][number]['changes'][number]
  timeZone: string
  /** Of the heading. */
  level: 2 | 3
  /** Unique on the page. */
  id: string
  /** What the holder says is right; null while the detail is not marked as wrong. */
  right: string | null
  onMark: (right: string | null) => void
}

export function ChangeCard({ change, timeZone, level, id, right, onMark }: ChangeCardProps) {
  const words = useWords(confirmWords)
  const language = useLanguage()
  const { kind, before, after } = change
  const label = fieldLabel(change, language)
  const shown = (value: string | null) => (value === null ? '' : shownValue(change, value, language, timeZone))
  const marked = markChanges(shown(before), shown(after), changeWording[language])
  // Days are in the words of the language; codes and numbers read from left to right in every one.
  const ltr = change.ltr || (language === 'en' && (kind === 'date' || kind === 'instant'))
  const Heading = `h${level}` as const
  return (
    <article className={`sheet overflow-hidden ${right === null ? '' : 'border-stop'}`}>
      <div className="px-5 pt-4">
        <Heading id={`${id}-label`} className="text-base font-semibold">
          {label}
          <Beside labels={change.labels} page={label} />
        </Heading>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
          <Line term={words.now}>
            {before === null ? words.empty : <Marked segments={marked.before} as="del" ltr={ltr} />}
          </Line>
          <Line term={words.after} large>
            {after === null ? words.empty : <Marked segments={marked.after} as="ins" ltr={ltr} />}
          </Line>
        </dl>
        <p className="mt-1.5 text-sm text-ink-2">{marked.words}</p>
      </div>
      <div className="mt-3 border-t border-line px-5 py-1.5">
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            checked={right !== null}
            aria-describedby={`${id}-label`}
            onChange={(event) => onMark(event.target.checked ? '' : null)}
            className="grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-[5px] border-2 border-edge bg-sheet before:hidden before:h-2.5 before:w-1.5 before:-translate-y-px before:rotate-45 before:border-r-[2.5px] before:border-b-[2.5px] before:border-sheet checked:border-stop checked:bg-stop checked:before:block"
          />
          {words.wrong}
        </label>
        {right !== null && (
          <div className="pb-3">
            <label htmlFor={`${id}-right`} className="block text-sm text-ink-2">
              {words.whatIsRight}
            </label>
            <input
              id={`${id}-right`}
              value={right}
              dir="auto"
              maxLength={300}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onMark(event.target.value)}
              className="mt-1 min-h-11 w-full rounded-control border border-edge bg-sheet px-3 text-base"
            />
          </div>
        )}
      </div>
    </article>
  )
}

function Line({ term, large = false, children }: { term: string; large?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-ink-3">{term}</dt>
      <dd className={large ? 'text-lg' : 'text-ink-2'}>{children}</dd>
    </>
  )
}
