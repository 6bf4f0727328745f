/** The ways to end a certificate's validity, apart from what is done every day: for supervisors. */
import { Ban, CalendarClock, Pause, Play } from 'lucide-react'
import { useHas } from '@/components/place'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import type { CertificateView } from '@/lib/api/contract'
import { words } from './words'

export function ValidityActions({ certificate }: { certificate: CertificateView }) {
  const { certificateId, state } = certificate
  const isSupervisor = useHas('supervisor')
  if (!isSupervisor) return null
  if (state !== 'current' && state !== 'suspended') return null
  const here = `/certificates/${certificateId}`
  return (
    <section aria-labelledby="validity-title" className="sheet mt-6 px-5 py-4 sm:px-6" data-screen-only>
      <h2 id="validity-title" className="text-xs tracking-[0.06em] text-ink-3 uppercase">
        {words.section}
      </h2>
      <p className="mt-1.5 text-[0.9375rem] text-ink-2">{words.sectionLead[state]}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        {state === 'suspended' && (
          <Link href={`${here}/lift`} className={buttonClass('second')}>
            <Play aria-hidden className="size-4" />
            {words.open.lift}
          </Link>
        )}
        <Link href={`${here}/suspend`} className={buttonClass('second')}>
          {state === 'suspended' ? (
            <CalendarClock aria-hidden className="size-4" />
          ) : (
            <Pause aria-hidden className="size-4" />
          )}
          {state === 'suspended' ? words.open.change : words.open.suspend}
        </Link>
        <Link href={`${here}/cancel`} className={buttonClass('stop')}>
          <Ban aria-hidden className="size-4" />
          {words.open.cancel}
        </Link>
      </div>
    </section>
  )
}
