'use client'
/** What was put together without a question, and whose it is. */
import { FormValue } from './form-value'
import type { Settled } from './merge'
import { TableCell, TableHeads } from './table-cell'
import { conflictWords } from './words'

const HEADS = [conflictWords.field, conflictWords.started, conflictWords.after, conflictWords.from]

export function SettledTable({ settled }: { settled: Settled[] }) {
  return (
    <div className="sheet mt-3 overflow-hidden">
      <table className="w-full text-[0.9375rem] max-sm:block">
        <caption className="sr-only">{conflictWords.settledTitle}</caption>
        <TableHeads heads={HEADS} />
        <tbody className="max-sm:block">
          {settled.map(({ field, base, value, from }) => (
            <tr key={field.path} className="border-b border-line align-top last:border-0 max-sm:block max-sm:py-3">
              <th scope="row" className="px-5 py-3 text-start font-semibold max-sm:block max-sm:py-1">
                {field.label}
              </th>
              <TableCell head={HEADS[1]!}>
                <FormValue field={field} value={base} />
              </TableCell>
              <TableCell head={HEADS[2]!}>
                <FormValue field={field} value={value} before={base} />
              </TableCell>
              <TableCell head={HEADS[3]!}>
                <span className="text-ink-2">{conflictWords.fromWhom[from]}</span>
              </TableCell>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
