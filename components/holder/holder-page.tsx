'use client'
/** The page behind a holder's link: first the question, then the certificate, for a quarter of an hour. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '@/components/public/ask'
import { momentOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { HolderView } from '@/lib/holders/answers'
import { AskForm } from './ask-form'
import { CertificatePage } from './certificate-page'
import { copyAddress, keptCopy, keepCopy, type KeptCopy } from './copy-store'
import type { ReportDraft } from './report-form'
import { holderWords } from './words'

/** A certificate on the screen: as it came, when, and when it is closed. */
export interface OpenCertificate {
  view: HolderView
  readAt: Date
  closesAt: Date
}

export function HolderPage({ token }: { token: string }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const api = `/v3/holder/${encodeURIComponent(token)}`
  const [open, setOpen] = useState<OpenCertificate | null>(null)
  const [why, setWhy] = useState<'ended' | 'closed' | 'notClosed' | null>(null)
  // A report outlives the session: who writes for longer than that answers again and goes on.
  const [draft, setDraft] = useState<ReportDraft | null>(null)
  const [copy, setCopy] = useState<KeptCopy | null>(null)
  const heading = useRef<HTMLDivElement>(null)

  const show = useCallback(
    (view: HolderView) => {
      const readAt = new Date()
      setOpen({ view, readAt, closesAt: new Date(readAt.getTime() + view.secondsLeft * 1000) })
      setWhy(null)
      // Whoever has a copy gets the newest one, without asking again.
      void keptCopy(token).then((kept) => kept && keepCopy(token, view, language).then(setCopy))
    },
    [token, language],
  )

  // Opened before in this browser, and not long ago: no question. Whoever was not is answered the same as for no link.
  const asked = useRef(false)
  useEffect(() => {
    void keptCopy(token).then(setCopy)
    if (asked.current) return
    asked.current = true
    void ask<HolderView>('GET', api).then((answer) => answer.ok && show(answer.value))
  }, [api, token, show])

  const close = useCallback((reason: 'ended' | null) => {
    setOpen(null)
    setWhy(reason)
    scrollTo(0, 0)
  }, [])

  // A phone in a pocket stops its clocks: the time is also looked at when the page is seen again.
  const closesAt = open?.closesAt
  useEffect(() => {
    if (!closesAt) return
    const look = () => Date.now() >= closesAt.getTime() && close('ended')
    const timer = setTimeout(look, closesAt.getTime() - Date.now() + 50)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [closesAt, close])

  const isOpen = open !== null
  useEffect(() => {
    if (isOpen) heading.current?.querySelector('h1')?.focus()
  }, [isOpen])

  const refresh = async () => {
    const answer = await ask<HolderView>('GET', api)
    if (answer.ok) show(answer.value)
    else if (answer.code === 'CHECK_NEEDED') close('ended')
  }

  if (open) {
    return (
      <div ref={heading}>
        <CertificatePage
          token={token}
          api={api}
          open={open}
          draft={draft}
          onDraft={setDraft}
          copy={copy}
          onCopy={setCopy}
          onRefresh={() => void refresh()}
          onAskAgain={() => close('ended')}
          onClose={() => {
            setDraft(null)
            close(null)
            // Hidden at once; closed it is when the registry says so.
            void ask('DELETE', `${api}/session`).then(({ ok }) => setWhy(ok ? 'closed' : 'notClosed'))
          }}
        />
      </div>
    )
  }
  return (
    <AskForm api={api} onOpen={show}>
      <div role="status" className="empty:hidden">
        {why === 'ended' && (
          <Notice kind="info" title={words.ask.ended}>
            {draft && <p>{words.ask.endedDraft}</p>}
          </Notice>
        )}
        {why === 'closed' && <Notice kind="ok" title={words.ask.closed} />}
        {why === 'notClosed' && <Notice kind="warn" title={words.ask.notClosed} />}
      </div>
      {copy && (
        <Notice kind="info" title={words.ask.copyKept(momentOf(copy.savedAt, language, copy.timeZone))}>
          <p className="mt-2">
            <a href={copyAddress(token)} className={buttonClass('second')}>
              {words.ask.copyShow}
            </a>
          </p>
        </Notice>
      )}
    </AskForm>
  )
}
