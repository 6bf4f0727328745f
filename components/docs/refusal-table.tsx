/** Every refusal there is, once, by status. */
import type { Reference } from '@/lib/developers/answers'
import { words } from './words'

export function RefusalTable({ reference }: { reference: Reference }) {
  return (
    <table role="table" className="w-full text-[0.9375rem] max-sm:block">
      <caption className="sr-only">{words.refusals.title}</caption>
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row" className="border-b border-line text-xs text-ink-3">
          <th role="columnheader" scope="col" className="py-1.5 pe-5 text-start font-semibold">
            {words.refusals.code}
          </th>
          <th role="columnheader" scope="col" className="py-1.5 text-start font-semibold">
            {words.refusals.meaning}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {refusalsIn(reference).map(({ status, code, meaning }) => (
          <tr
            key={code}
            role="row"
            className="border-b border-line align-top last:border-b-0 max-sm:block max-sm:py-2.5"
          >
            <th
              role="rowheader"
              scope="row"
              className="py-2 pe-5 text-start font-normal whitespace-nowrap max-sm:block max-sm:p-0"
            >
              <span className="numbers me-3 text-sm text-ink-3">{status}</span>
              <bdi dir="ltr" className="font-mono text-[0.8125rem] font-semibold">
                {code}
              </bdi>
            </th>
            <td role="cell" className="py-2 text-sm text-ink-2 max-sm:block max-sm:p-0">
              {meaning}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function refusalsIn({ topics }: Reference): { status: string; code: string; meaning: string }[] {
  const found = new Map<string, { status: string; code: string; meaning: string }>()
  for (const { answers } of topics.flatMap(({ endpoints }) => endpoints)) {
    for (const { status, refusals } of answers) for (const one of refusals) found.set(one.code, { status, ...one })
  }
  return [...found.values()].sort((a, b) => a.status.localeCompare(b.status) || a.code.localeCompare(b.code))
}
