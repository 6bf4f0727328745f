/** How many are left as they are, by reason. */
import { withCommas } from '@/components/with-commas'
import type { SkipCode } from '@/lib/reissues/answers'
import { words } from './words'

export function SkippedList({ skipped }: { skipped: { code: string; count: number }[] }) {
  return (
    <ul className="mt-1 divide-y divide-line text-[0.9375rem]">
      {skipped.map(({ code, count }) => (
        <li key={code} className="flex justify-between gap-4 py-1.5">
          <span>{skipInWords(code)}</span>
          <span className="numbers font-semibold">{withCommas(count)}</span>
        </li>
      ))}
    </ul>
  )
}

/** A reason in words; what is no reason of ours as it is called. */
export function skipInWords(code: string): string {
  return words.skips[code as SkipCode] ?? code
}
