'use client'
/** The person's other doses on the check page: each with its tick, its own changes, its own updates left, or the reason why not. */
import { CircleSlash } from 'lucide-react'
import { ChangeTable } from '@/components/change-table'
import { useType } from '@/components/type-in-force'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'
import { eventOf } from '@/lib/certificate-types/type'
import { valueAt } from '@/lib/certificates/record'
import type { OtherDose } from './carried'
import { doseWords } from './dose-words'
import type { OtherDoses as Found } from './use-other-doses'

export function OtherDoses({ dose, others }: { dose: number; others: Found }) {
  if (others.state === 'not asked') return null
  return (
    <section aria-labelledby="other-doses" className="border-t border-line px-5 py-4 sm:px-6">
      <h2 id="other-doses" className="text-xs tracking-[0.06em] text-ink-3 uppercase">
        {doseWords.title}
      </h2>
      <div role="status" className="mt-1.5 text-[0.9375rem] text-ink-2">
        {others.state === 'looking' && <p>{doseWords.looking}</p>}
        {others.state === 'found' && <p>{others.all.length === 0 ? doseWords.none : doseWords.lead(dose)}</p>}
        {others.state === 'failed' && (
          <Notice kind="warn">
            <p>
              {doseWords.failed}{' '}
              <button type="button" className="link min-h-6" onClick={() => others.reload([])}>
                {words.retry}
              </button>
            </p>
          </Notice>
        )}
      </div>
      {others.all.length > 0 && (
        <ul className="mt-3 space-y-3">
          {others.all.map((one) => (
            <Dose
              key={one.dose}
              other={one}
              chosen={others.isChosen(one)}
              onChoose={(chosen) => others.choose(one, chosen)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface DoseProps {
  other: OtherDose
  chosen: boolean
  onChoose: (chosen: boolean) => void
}

function Dose({ other, chosen, onChoose }: DoseProps) {
  const { dose, blocked, certificate, differs, changes } = other
  const id = `also-${dose}`
  const event = eventOf(useType())
  const vaccine = certificate && event ? String(valueAt(certificate.record, event.name) ?? '') : ''
  const why = blocked !== null ? doseWords.blocked[blocked] : null
  return (
    <li
      className={`overflow-hidden rounded-control border ${chosen ? 'border-act bg-act-soft/50' : 'border-line'} ${why ? 'bg-mute-soft' : ''}`}
    >
      <div className="relative flex min-h-11 items-start gap-3 px-4 py-3">
        {why ? (
          <CircleSlash aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-3" />
        ) : (
          <input
            id={id}
            type="checkbox"
            checked={chosen}
            onChange={(event) => onChoose(event.target.checked)}
            aria-describedby={`${id}-about`}
            className="relative z-10 mt-0.5 grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-[5px] border-2 border-act bg-sheet before:hidden before:h-2.5 before:w-1.5 before:-translate-y-px before:rotate-45 before:border-e-[2.5px] before:border-b-[2.5px] before:border-on-act checked:bg-act checked:before:block"
          />
        )}
        <div className="min-w-0 flex-1">
          {why ? (
            <p className="font-semibold">{words.dose(dose)}</p>
          ) : (
            <label htmlFor={id} className="font-semibold before:absolute before:inset-0">
              {doseWords.tick(dose)}
            </label>
          )}
          <div id={`${id}-about`}>
            <Facts className="numbers text-sm text-ink-2">
              {vaccine !== '' && (
                <span>
                  <Value>{vaccine}</Value>
                </span>
              )}
              {why && <span>{why}</span>}
              {certificate && !why && (
                <span className={certificate.updatesRemaining === 1 ? 'font-semibold text-warn' : ''}>
                  {doseWords.left(certificate.updatesRemaining, certificate.updatesLimit, dose)}
                  {certificate.updatesRemaining === 1 && ` ${doseWords.last}`}
                </span>
              )}
            </Facts>
            {!why && differs.length > 0 && (
              <p className="mt-1 text-sm font-semibold text-warn">{doseWords.differs(differs, dose)}</p>
            )}
          </div>
        </div>
      </div>
      {!why && (
        <div className="border-t border-line bg-sheet">
          <ChangeTable caption={doseWords.changes(dose)} changes={changes} />
        </div>
      )}
    </li>
  )
}
