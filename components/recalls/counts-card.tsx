/** What a recall covers, in numbers: by state, facility and dose, and as written on the certificates. */
import type { ReactNode } from 'react'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import { withCommas } from '@/components/with-commas'
import type { RecallAction, RecallCounts } from '@/lib/recalls/answers'
import { words } from './words'

export function CountsBreakdown({ counts, action }: { counts: RecallCounts; action: RecallAction }) {
  const { isEverywhere } = usePlace().operator
  const held = {
    revoke: words.preview.suspendedRevoke,
    suspend: words.preview.suspended,
    lift: words.preview.suspendedLift,
  }
  return (
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      <Group title={words.preview.states}>
        {counts.current > 0 && <Line n={counts.current}>{words.preview.current}</Line>}
        {counts.suspended > 0 && <Line n={counts.suspended}>{held[action]}</Line>}
      </Group>
      <Group title={words.preview.doses}>
        {counts.doses.map(({ dose, count }) => (
          <Line key={dose} n={count}>
            {words.preview.dose(dose)}
          </Line>
        ))}
      </Group>
      {isEverywhere && (
        <Group title={words.preview.facilities}>
          {counts.facilities.map(({ code, name, count }) => (
            <Line key={code} n={count}>
              <Value>{name}</Value>
            </Line>
          ))}
        </Group>
      )}
      <Group title={words.preview.spellings}>
        {counts.spellings.map(({ vaccine, batch, manufacturer, count }) => (
          <Line key={JSON.stringify([vaccine, batch, manufacturer])} n={count}>
            <Value>{vaccine}</Value>, <Value ltr>{batch}</Value>, <Value>{manufacturer}</Value>
          </Line>
        ))}
      </Group>
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-sm font-semibold text-ink-2">{title}</h3>
      <ul className="mt-1 divide-y divide-line text-[0.9375rem]">{children}</ul>
    </div>
  )
}

function Line({ n, children }: { n: number; children: ReactNode }) {
  return (
    <li className="flex justify-between gap-4 py-1">
      <span className="min-w-0 wrap-anywhere">{children}</span>
      <span className="numbers shrink-0 font-semibold">{withCommas(n)}</span>
    </li>
  )
}
