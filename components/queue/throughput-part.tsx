'use client'
/** How much was issued in each of the last 24 hours, drawn and as a table, and by facility. */
import { timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import { withCommas } from '@/components/with-commas'
import type { QueueAnswer } from '@/lib/operations/answers'
import { words } from './words'

export function ThroughputPart({ queue, onFacility }: { queue: QueueAnswer; onFacility: (code: string) => void }) {
  const { hours, facilities, moreFacilities } = queue
  const total = hours.reduce((sum, { issued }) => sum + issued, 0)
  return (
    <section aria-labelledby="issued" className="mt-8">
      <h2 id="issued" className="text-lg">
        {words.issuedTitle}
      </h2>
      <div className="sheet mt-3 px-5 py-4">
        <p className="numbers font-semibold">{words.issuedTotal(total)}</p>
        <Hours hours={hours} />
      </div>
      <h3 className="mt-6 text-base">{words.facilitiesTitle}</h3>
      {facilities.length === 0 ? (
        <p className="mt-1 text-ink-2">{words.facilitiesNone}</p>
      ) : (
        <Facilities facilities={facilities} onFacility={onFacility} />
      )}
      {moreFacilities > 0 && <p className="mt-2 text-sm text-ink-3">{words.moreFacilities(moreFacilities)}</p>}
    </section>
  )
}

/** Bars repeat the table that can be opened below: for whoever sees them. */
function Hours({ hours }: { hours: QueueAnswer['hours'] }) {
  const { timeZone } = usePlace()
  const most = Math.max(1, ...hours.map(({ issued }) => issued))
  return (
    <>
      <div aria-hidden className="mt-3 flex h-24 items-end gap-px border-b border-edge sm:gap-1">
        {hours.map(({ from, issued }) => (
          <div
            key={from}
            title={`${words.hour(timeOf(from, timeZone))}: ${withCommas(issued)}`}
            className="min-w-0 flex-1 rounded-t-sm bg-act"
            style={{ height: issued === 0 ? 0 : `${Math.max(3, (issued / most) * 100)}%` }}
          />
        ))}
      </div>
      <p aria-hidden className="numbers mt-1 flex justify-between text-xs text-ink-3">
        <span>{timeOf(hours[0]!.from, timeZone)}</span>
        <span>{timeOf(hours[12]!.from, timeZone)}</span>
        <span>{timeOf(hours.at(-1)!.from, timeZone)}</span>
      </p>
      <details className="mt-2">
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">{words.hoursTable}</summary>
        <table className="numbers mt-1 w-full max-w-64 text-[0.9375rem]">
          <thead>
            <tr className="border-b border-line text-ink-2">
              <th scope="col" className="py-1 text-start font-semibold">
                {words.hourHead}
              </th>
              <th scope="col" className="py-1 text-end font-semibold">
                {words.issuedHead}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ from, issued }) => (
              <tr key={from} className="border-b border-line">
                <th scope="row" className="py-1 text-start font-normal">
                  {timeOf(from, timeZone)}
                </th>
                <td className="py-1 text-end">{withCommas(issued)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

const COLUMNS = ['issued', 'thisHour', 'waiting', 'held', 'failed'] as const
const INK: Partial<Record<(typeof COLUMNS)[number], string>> = { held: 'text-warn', failed: 'text-stop' }

function Facilities({
  facilities,
  onFacility,
}: {
  facilities: QueueAnswer['facilities']
  onFacility: (code: string) => void
}) {
  return (
    <div className="sheet mt-3 overflow-x-auto" tabIndex={0} role="region" aria-label={words.facilitiesTitle}>
      <table className="numbers w-full text-[0.9375rem]">
        <thead>
          <tr className="border-b border-line text-sm text-ink-2">
            <th scope="col" className="px-5 py-2 text-start font-semibold">
              {words.heads.facility}
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="px-3 py-2 text-end font-semibold whitespace-nowrap last:pe-5">
                {words.heads[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {facilities.map(({ facility, ...line }) => (
            <tr key={facility.code}>
              <th scope="row" className="min-w-40 px-5 text-start font-normal">
                <button
                  type="button"
                  className="link min-h-11 text-start wrap-anywhere"
                  onClick={() => onFacility(facility.code)}
                >
                  <Value>{facility.name}</Value>
                </button>
              </th>
              {COLUMNS.map((column) => (
                <td
                  key={column}
                  className={`px-3 text-end last:pe-5 ${line[column] > 0 ? `${INK[column] ?? ''} ${INK[column] ? 'font-semibold' : ''}` : 'text-ink-3'}`}
                >
                  {withCommas(line[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
