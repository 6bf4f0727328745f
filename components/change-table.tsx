'use client'
/** What changes, field by field: now and after, with the characters marked and the same in words. */
import type { ReactNode } from 'react'
import { shownValue } from '@/components/display'
import { Marked } from '@/components/marked'
import { words as openings } from '@/components/openings/words'
import { usePlace } from '@/components/place'
import { Beside } from '@/components/second-language'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { Change } from '@/lib/api/contract'
import { fieldsOf } from '@/lib/certificate-types/type'
import { markChanges, type MarkedChange } from '@/lib/certificates/diff'
import { isHidden } from '@/lib/certificates/hidden'

interface ChangeTableProps {
  changes: Change[]
  /** Names the table for those who do not see where it stands. */
  caption: string
  /** Heads of the columns: now and after, or before and after. */
  heads?: [before: string, after: string]
  /** What stands at the end of a row. */
  action?: (change: Change) => ReactNode
}

export function ChangeTable({
  changes,
  caption,
  heads = [words.check.now, words.check.after],
  action,
}: ChangeTableProps) {
  return (
    <table className="w-full table-fixed text-[0.9375rem] max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line text-start text-xs text-ink-3">
          <th scope="col" className="w-[22%] px-5 py-2 text-start font-semibold sm:px-6">
            {words.check.field}
          </th>
          <th scope="col" className="py-2 pe-5 text-start font-semibold">
            {heads[0]}
          </th>
          <th scope="col" className="py-2 pe-5 text-start font-semibold">
            {heads[1]}
          </th>
          {action && (
            <th scope="col" className="w-28 pe-6">
              <span className="sr-only">{words.check.change}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {changes.map((change) => (
          <Row key={change.path} change={change} heads={heads} action={action} />
        ))}
      </tbody>
    </table>
  )
}

function Row({
  change,
  heads,
  action,
}: {
  change: Change
  heads: [string, string]
  action: ChangeTableProps['action']
}) {
  const { timeZone } = usePlace()
  const field = fieldsOf(useType()).find(({ path }) => path === change.path)
  const [before, after] = [change.before ?? '', change.after ?? ''].map((text) => shownValue(field, text, timeZone))
  const hidden = isHidden(change.before) || isHidden(change.after)
  const marked = hidden ? asAWhole(before!, after!) : markChanges(before!, after!)
  const ltr = field?.ltr || field?.kind === 'date' || field?.kind === 'instant'
  return (
    <tr className="border-b border-line align-top last:border-b-0 max-sm:block max-sm:px-5 max-sm:py-3">
      <th scope="row" className="px-5 py-3 text-start font-semibold max-sm:block max-sm:p-0 sm:px-6">
        {change.label}
        <Beside labels={field?.labels} page={change.label} />
      </th>
      <Cell head={heads[0]}>
        {change.before === null ? <Nothing /> : <Marked segments={marked.before} as="del" ltr={ltr} />}
      </Cell>
      <Cell head={heads[1]}>
        {change.after === null ? <Nothing /> : <Marked segments={marked.after} as="ins" ltr={ltr} />}
        <span className="block text-xs text-ink-3">
          <bdi dir="auto">{marked.words}</bdi>
        </span>
      </Cell>
      {action && <td className="py-3 pe-6 text-end max-sm:block max-sm:py-1 max-sm:text-start">{action(change)}</td>}
    </tr>
  )
}

/** Letters of what is hidden cannot be compared. */
function asAWhole(before: string, after: string): MarkedChange {
  const whole = (text: string) => [{ text, changed: true }]
  return { before: whole(before), after: whole(after), words: openings.hiddenChanged }
}

/** On phones, where the heads of the columns are gone, each value says which one it is. */
function Cell({ head, children }: { head: string; children: ReactNode }) {
  return (
    <td className="py-3 pe-5 max-sm:flex max-sm:gap-3 max-sm:py-1 max-sm:pe-0">
      <span className="w-14 shrink-0 text-xs leading-6 text-ink-3 sm:hidden">{head}</span>
      <div className="min-w-0">{children}</div>
    </td>
  )
}

function Nothing() {
  return <span className="text-ink-3">{words.check.empty}</span>
}
