/** What replacing certificates does, before anybody does it. */
import { Fragment, type ReactNode } from 'react'
import { CertificateNumber } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import { isCounted } from '@/lib/certificate-types/type'
import type { LineageView } from '@/lib/api/contract'
import type { OtherDose } from './carried'
import { doseWords } from './dose-words'

interface WhatHappensProps {
  certificateId: string
  lineage: LineageView
  /** Other doses that are corrected too. */
  others: OtherDose[]
  /** The dose that the certificate moves to. */
  moveTo: number | undefined
}

export function WhatHappens({ certificateId, lineage, others, moveTo }: WhatHappensProps) {
  const type = useType()
  const which = useWhich()
  const also = others.flatMap(({ dose, certificate }) => (certificate ? [{ ...certificate, dose }] : []))
  const all = [{ ...lineage, certificateId }, ...also]
  const steps = [
    <Fragment key="numbers">
      {also.length === 0 ? words.check.newNumber : doseWords.newNumbers(all.length)}{' '}
      {all.map((one, index) => (
        <Fragment key={one.certificateId}>
          {index > 0 && (index === all.length - 1 ? ` ${doseWords.and} ` : ', ')}
          <CertificateNumber id={one.certificateId} strong />
        </Fragment>
      ))}{' '}
      {also.length === 0 ? words.check.stops : doseWords.stop}
    </Fragment>,
    ...(moveTo === undefined || !isCounted(type)
      ? []
      : [`${doseWords.moveHappens(lineage.dose, moveTo)} ${doseWords.moveKept(moveTo)}`]),
    ...all.map((one) => (
      <Fragment key={one.certificateId}>
        <strong className="numbers font-semibold">
          {words.check.willBeLeft(Math.max(0, one.updatesRemaining - 1), one.updatesLimit)}
        </strong>{' '}
        {words.check.willBeLeftNext(
          which.inside({
            type: type.name,
            dose: one.certificateId === certificateId && moveTo !== undefined ? moveTo : one.dose,
          }),
        )}
      </Fragment>
    )),
    also.length === 0 ? words.check.tested : doseWords.testedAll,
  ]
  return (
    <section aria-labelledby="what-happens" className="border-t border-line px-5 py-4 sm:px-6">
      <h2 id="what-happens" className="text-xs tracking-[0.06em] text-ink-3 uppercase">
        {words.check.whatHappens}
      </h2>
      <ol className="mt-2 space-y-2 text-[0.9375rem]">
        {steps.map((step, index) => (
          <Step key={index} n={index + 1}>
            {step}
          </Step>
        ))}
      </ol>
    </section>
  )
}

function Step({ n, children }: { n: number; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="numbers grid size-6 shrink-0 place-items-center rounded-full bg-act-soft text-xs font-semibold text-act"
      >
        {n}
      </span>
      <span className="min-w-0">{children}</span>
    </li>
  )
}
