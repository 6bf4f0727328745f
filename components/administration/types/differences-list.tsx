/** What differs between two versions, in words, part by part. */
import { Value } from '@/components/ui/value'
import type { Difference, Part } from '@/lib/certificate-types/compare'
import { words } from './words'

const SIGN = { added: '+', removed: '−', changed: '±' }
const COLOURS = { added: 'bg-ok-soft text-ok', removed: 'bg-stop-soft text-stop', changed: 'bg-warn-soft text-warn' }

export function DifferencesList({ found }: { found: Difference[] }) {
  if (found.length === 0) return <p className="text-ink-2">{words.compare.same}</p>
  const parts = [...new Set(found.map(({ part }) => part))]
  return (
    <div className="space-y-5">
      {parts.map((part) => (
        <PartOf key={part} part={part} found={found.filter((one) => one.part === part)} />
      ))}
    </div>
  )
}

function PartOf({ part, found }: { part: Part; found: Difference[] }) {
  return (
    <section>
      <h3 className="text-xs tracking-[0.06em] text-ink-2 uppercase">{words.compare.parts[part]}</h3>
      <ul className="mt-1.5 divide-y divide-line">
        {found.map((one, index) => (
          <li key={index} className="flex gap-3 py-2 text-[0.9375rem]">
            <span
              aria-hidden
              className={`mt-0.5 grid size-5 shrink-0 place-items-center rounded-full text-xs font-bold ${COLOURS[one.kind]}`}
            >
              {SIGN[one.kind]}
            </span>
            <Sentence difference={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sentence({ difference: { kind, part, subject, property, from, to } }: { difference: Difference }) {
  const of = property && (part === 'credential' ? words.compare.templates[property] : words.members[property])
  const about = of ?? property ?? ''
  return (
    <div className="min-w-0 flex-1">
      <p>
        {subject && (
          <span className="font-semibold">
            <Value>{subject}</Value>
          </span>
        )}
        {subject && about ? ', ' : ' '}
        {about} <span className="text-ink-3">{words.compare.kinds[kind]}</span>
      </p>
      {(from !== undefined || to !== undefined) && (
        <p className="text-sm text-ink-2 wrap-anywhere">
          {from !== undefined && (
            <del>
              <Value>{from || words.compare.nothing}</Value>
            </del>
          )}
          {from !== undefined && to !== undefined && ' → '}
          {to !== undefined && (
            <ins>
              <Value>{to || words.compare.nothing}</Value>
            </ins>
          )}
        </p>
      )}
    </div>
  )
}
