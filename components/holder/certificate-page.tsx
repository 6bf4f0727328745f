'use client'
/** The holder's certificate: its state first, then what to show others, what it says, what changed, and what can be done. */
import { useSyncExternalStore } from 'react'
import { timeOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Changes } from './changes'
import type { KeptCopy } from './copy-store'
import { Details } from './details'
import type { OpenCertificate } from './holder-page'
import { KeepCopy } from './keep-copy'
import { Looks } from './looks'
import { ReportForm, type ReportDraft } from './report-form'
import { Reports } from './reports'
import { Status } from './status'
import { holderWords } from './words'

interface CertificatePageProps {
  token: string
  /** The API of this link. */
  api: string
  open: OpenCertificate
  draft: ReportDraft | null
  onDraft: (draft: ReportDraft | null) => void
  copy: KeptCopy | null
  onCopy: (copy: KeptCopy | null) => void
  onRefresh: () => void
  /** The session is over although the page did not know. */
  onAskAgain: () => void
  onClose: () => void
}

export function CertificatePage(props: CertificatePageProps) {
  const { token, api, open, draft, onDraft } = props
  const { view } = open
  const words = useWords(holderWords)
  const language = useLanguage()
  const online = useOnline()
  return (
    <div className="space-y-6">
      <div role="status" className="empty:hidden">
        {!online && <Notice kind="warn" title={words.status.offline(timeOf(open.readAt, language))} />}
      </div>
      <Status view={view} api={api} onRefresh={props.onRefresh} />
      <Reports view={view} now={open.readAt} />
      <Details view={view} />
      <Changes view={view} onNotMine={() => onDraft(aDraft('not_requested'))} />
      <Looks view={view} />
      <ReportForm
        api={api}
        view={view}
        draft={draft}
        onDraft={onDraft}
        onStart={() => onDraft(aDraft('wrong'))}
        onSent={props.onRefresh}
        onAskAgain={props.onAskAgain}
      />
      <KeepCopy token={token} view={view} copy={props.copy} onCopy={props.onCopy} />
      <section className="border-t border-line pt-5">
        <p className="text-sm text-ink-2">{words.notice(view.issuer)}</p>
        <p className="mt-4 text-sm text-ink-2">{words.leaveHint}</p>
        <Button onClick={props.onClose} className="mt-2">
          {words.leave}
        </Button>
      </section>
    </div>
  )
}

function aDraft(kind: ReportDraft['kind']): ReportDraft {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const attempt = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { kind, fields: {}, note: '', attempt }
}

/** Whether the device says that it has a connection. */
function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed)
      addEventListener('offline', changed)
      return () => {
        removeEventListener('online', changed)
        removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
    () => true,
  )
}
