'use client'
/** How many a choice is, what stands in the way of some, and what happens to the others. */
import { Card } from '@/components/administration/card'
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { withCommas } from '@/components/with-commas'
import { SkippedList } from './skipped-list'
import type { WholeCount } from './sum-counts'
import { words } from './words'

const text = words.preview

export function CountsPart({ counts }: { counts: WholeCount }) {
  const { chosen, version, skipped, versions, facilities, keyUnknown } = counts
  return (
    <>
      {chosen === 0 ? (
        <Notice kind="warn" title={text.none}>
          <p>{text.noneNext}</p>
        </Notice>
      ) : (
        <Card id="chosen" title={text.chosen(chosen, version)} lead={text.nothingYet}>
          <ul className="list-disc space-y-1 ps-5 text-[0.9375rem]">
            {text.consequences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <div className="mt-6 grid gap-x-10 gap-y-5 border-t border-line pt-5 sm:grid-cols-2">
            <Breakdown
              id="by-version"
              title={text.versions}
              rows={versions.map((one) => [text.version(one.version), one.count])}
            />
            <Breakdown id="by-facility" title={text.facilities} rows={facilities.map((one) => [one.name, one.count])} />
            {skipped.length > 0 && (
              <section aria-labelledby="left">
                <h3 id="left" className="text-sm font-semibold">
                  {text.left}
                </h3>
                <SkippedList skipped={skipped} />
              </section>
            )}
          </div>
        </Card>
      )}
      {keyUnknown > 0 && <Notice kind="info" title={text.keyUnknown(keyUnknown)} />}
    </>
  )
}

function Breakdown({ id, title, rows }: { id: string; title: string; rows: [name: string, count: number][] }) {
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="text-sm font-semibold">
        {title}
      </h3>
      <ul className="mt-1 divide-y divide-line text-[0.9375rem]">
        {rows.map(([name, count]) => (
          <li key={name} className="flex justify-between gap-4 py-1.5">
            <Value>{name}</Value>
            <span className="numbers font-semibold">{withCommas(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
