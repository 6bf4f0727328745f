'use client'
/** The first thing a holder wants to know: is this the right certificate now? With the QR code and the PDF. */
import { CircleCheck, CircleX, Download, FileBadge, PauseCircle } from 'lucide-react'
import { dayOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Beside } from '@/components/second-language'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { CertificateNumber } from '@/components/ui/value'
import type { HolderView } from '@/lib/holders/answers'
import { QrScreen } from './qr-screen'
import { statusSentence } from './status-sentence'
import { holderWords } from './words'

const LOOK = {
  current: { icon: CircleCheck, edge: 'border-s-ok', ink: 'text-ok' },
  revoked: { icon: CircleX, edge: 'border-s-stop', ink: 'text-stop' },
  suspended: { icon: PauseCircle, edge: 'border-s-warn', ink: 'text-warn' },
} as const

/** What it means that a certificate does not count, and why. */
function explanation(
  { state, cause, until, facility }: HolderView,
  words: (typeof holderWords)['en']['status'],
): string[] {
  if (state === 'current') return []
  const revoked = state === 'revoked'
  const why = cause === null ? '' : (revoked ? words.revokedCauses : words.suspendedCauses)[cause]
  const next = revoked ? words.revokedNext(facility) : words.suspendedNext(facility)
  return [why, next, revoked || until === null ? '' : words.validAgain].filter((sentence) => sentence !== '')
}

export function Status({ view, api, onRefresh }: { view: HolderView; api: string; onRefresh: () => void }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const { icon: Icon, edge, ink } = LOOK[view.state]
  const day = (instant: string) => dayOf(instant, language, view.timeZone)
  const kind = view.titles?.[language] ?? view.title
  return (
    <>
      {view.opened && (
        <Notice kind="warn" title={words.status.old}>
          {view.opened.replacedAt && (
            <p>{words.status.oldOn(view.opened.certificateId, day(view.opened.replacedAt))}</p>
          )}
        </Notice>
      )}
      <div role="status" className="empty:hidden">
        {view.pending && (
          <Notice kind="info" title={words.status.pending}>
            <Button kind="quiet" onClick={onRefresh} className="-ms-5 mt-1">
              {words.status.pendingNext}
            </Button>
          </Notice>
        )}
      </div>
      <section className={`sheet overflow-hidden border-s-4 px-5 py-5 ${edge}`}>
        <div className="flex items-start gap-3">
          <Icon aria-hidden className={`mt-1 size-7 shrink-0 ${ink}`} strokeWidth={2.25} />
          <h1 tabIndex={-1} className="text-2xl">
            {statusSentence(view, language)}
          </h1>
        </div>
        <p className="mt-3 font-semibold">
          <bdi>{kind}</bdi>
          <Beside labels={view.titles} page={kind} alsoIn={view.alsoIn} />
        </p>
        <div className="mt-3 space-y-1 empty:hidden">
          {explanation(view, words.status).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <Facts className="mt-3 text-sm text-ink-2">
          <span>
            {words.status.number} <CertificateNumber id={view.certificateId} strong />
          </span>
          <span>{words.status.version(view.version)}</span>
        </Facts>
        {view.qr && (
          <div className="mt-5 flex flex-wrap gap-3 max-sm:flex-col">
            <QrScreen svg={view.qr} certificateId={view.certificateId} />
            <a href={`${api}/certificate.pdf`} download className={buttonClass('second')}>
              <Download aria-hidden className="size-4" />
              {words.status.pdf}
            </a>
            <a href={`${api}/certificate.vc.json`} download className={buttonClass('second')}>
              <FileBadge aria-hidden className="size-4" />
              {words.status.credential}
            </a>
          </div>
        )}
      </section>
    </>
  )
}
