/** Before a correction is sent: that a supervisor will be asked, and why. */
import type { Ahead } from './use-approvals'
import { words } from './words'

export function AheadNotice({ ahead }: { ahead: Ahead[] }) {
  if (ahead.length === 0) return null
  return (
    <section aria-labelledby="ahead" role="status" className="border-t border-line bg-warn-soft px-5 py-4 sm:px-6">
      <h2 id="ahead" className="text-base font-semibold">
        {words.ahead.title}
      </h2>
      <ul className="mt-1.5 list-disc space-y-1 ps-5 text-[0.9375rem]">
        {ahead.flatMap(({ dose, reasons }) =>
          reasons.map((reason) => (
            <li key={`${dose} ${reason}`}>
              {ahead.length > 1 && `${words.ahead.dose(dose)} `}
              {words.reasons[reason]}
            </li>
          )),
        )}
      </ul>
      <p className="mt-2 text-sm text-ink-2">{words.ahead.next}</p>
    </section>
  )
}
