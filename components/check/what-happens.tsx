/** What replacing a certificate does, before anybody does it. */
import type { ReactNode } from 'react'
import { CertificateNumber } from '@/components/ui/value'
import { words } from '@/components/words'
import type { LineageView } from '@/lib/api/contract'

export function WhatHappens({ certificateId, lineage }: { certificateId: string; lineage: LineageView }) {
  return (
    <section aria-labelledby="what-happens" className="border-t border-line px-5 py-4 sm:px-6">
      <h2 id="what-happens" className="text-xs tracking-[0.06em] text-ink-3 uppercase">
        {words.check.whatHappens}
      </h2>
      <ol className="mt-2 space-y-2 text-[0.9375rem]">
        <Step n={1}>
          {words.check.newNumber} <CertificateNumber id={certificateId} strong /> {words.check.stops}
        </Step>
        <Step n={2}>
          <strong className="numbers font-semibold">
            {words.check.willBeLeft(Math.max(0, lineage.updatesRemaining - 1), lineage.updatesLimit)}
          </strong>{' '}
          {words.check.willBeLeftNext(lineage.dose)}
        </Step>
        <Step n={3}>{words.check.tested}</Step>
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
