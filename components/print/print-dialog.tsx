'use client'
/** Printing a certificate: paper, size, copies; then the print window, or the PDF where there is none. */
import { CircleAlert, CircleCheck, Download, ExternalLink } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { choosePaper } from '@/components/header/preferences'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { DialogClose } from '@/components/ui/dialog-close'
import { Notice } from '@/components/ui/notice'
import type { Opened } from '@/components/ui/use-opener'
import { words as everywhere } from '@/components/words'
import { addressOf } from '@/lib/api/call'
import { Choices } from './choices'
import { CopyCount } from './copy-count'
import { PrintedLine } from './printed-line'
import { usePrinter, type PrinterState, type PrintJob } from './use-printer'
import { printWords as words } from './words'

interface PrintDialogProps {
  certificateId: string
  /** Whether this is the current certificate of its dose. */
  current: boolean
  opened: Opened
}

export function PrintDialog({ certificateId, current, opened }: PrintDialogProps) {
  const { open, onOpenChange, onCloseAutoFocus } = opened
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="sheet fixed top-1/2 left-1/2 z-50 max-h-[96dvh] w-[min(94vw,30rem)] -translate-1/2 overflow-auto p-5 shadow-lift sm:p-6"
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-serif text-xl">{words.title}</Dialog.Title>
            <DialogClose label={everywhere.close} />
          </div>
          <PrintForm certificateId={certificateId} current={current} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PrintForm({ certificateId, current }: { certificateId: string; current: boolean }) {
  const place = usePlace()
  const printer = usePrinter(certificateId)
  const { state, frame } = printer
  const [job, setJob] = useState<PrintJob>({ kind: 'page', paper: place.paper, copies: 1 })
  const done = state.at === 'sent' || state.at === 'ready' || state.at === 'failed'
  return (
    <>
      {!current && (
        <Notice kind="warn" className="mt-4" title={words.replaced}>
          <p>{words.replacedNext}</p>
        </Notice>
      )}
      {!done && (
        <form
          className="mt-4 space-y-5"
          onSubmit={(event) => {
            event.preventDefault()
            choosePaper(job.paper)
            printer.print(job)
          }}
        >
          <Choices
            legend={words.size}
            name="kind"
            value={job.kind}
            onChoose={(kind) => setJob({ ...job, kind })}
            choices={[
              { value: 'page', label: words.normal, hint: words.normalHint },
              { value: 'large', label: words.large, hint: words.largeHint },
            ]}
          />
          <Choices
            legend={words.paper}
            name="paper"
            value={job.paper}
            onChoose={(paper) => setJob({ ...job, paper })}
            choices={[
              { value: 'a4', label: words.papers.a4 },
              { value: 'us-letter', label: words.papers['us-letter'] },
            ]}
          />
          <CopyCount copies={job.copies} onChange={(copies) => setJob({ ...job, copies })} />
          <Button type="submit" kind="main" busy={state.at === 'preparing'} className="w-full">
            {state.at === 'preparing' ? words.preparing : words.submit(job.copies)}
          </Button>
        </form>
      )}
      <div role="status">
        {state.at === 'refused' && (
          <Notice kind="stop" className="mt-4" title={words.failed}>
            <p>{words.notCounted}</p>
          </Notice>
        )}
        {done && <Outcome state={state} onAgain={printer.again} />}
      </div>
      {state.at === 'refused' && <DownloadLink address={pdfOf(certificateId, job)} />}
      <div className="mt-5 space-y-1 border-t border-line pt-4 text-sm text-ink-2">
        <PrintedLine certificateId={certificateId} />
        <p>{words.counted}</p>
        <p>
          {done && <span className="me-1 font-semibold text-ink">{words.well}</span>}
          <a
            href={addressOf('GET /v3/test-strip.pdf', { query: { paper: job.paper } })}
            target="_blank"
            rel="noopener"
            className="link inline-block min-h-6"
          >
            {words.strip}
          </a>{' '}
          {words.stripHint}
        </p>
      </div>
      {frame.src && (
        // Not hidden with display: some browsers print nothing from a frame that is not drawn.
        <iframe
          src={frame.src}
          title={words.title}
          aria-hidden
          tabIndex={-1}
          className="pointer-events-none fixed start-0 bottom-0 size-px opacity-0"
          onLoad={(event) => frame.onLoad(event.currentTarget)}
        />
      )}
    </>
  )
}

type Done = Extract<PrinterState, { job: PrintJob }>

function Outcome({ state, onAgain }: { state: Done; onAgain: () => void }) {
  const { job, address } = state
  const [icon, title, next] = {
    sent: [<CircleCheck key="icon" className="text-ok" />, words.sent(job.copies), words.sentNext(job.copies)] as const,
    ready: [<CircleCheck key="icon" className="text-ok" />, words.ready(job.copies), words.readyNext] as const,
    failed: [<CircleAlert key="icon" className="text-stop" />, words.failed, null] as const,
  }[state.at]
  return (
    <div className="mt-4">
      <Title icon={icon}>{title}</Title>
      {next && <p className="mt-1 ps-8 text-[0.9375rem] text-ink-2">{next}</p>}
      <div className="mt-4 flex flex-wrap gap-3">
        {state.at !== 'failed' && (
          <a
            href={address}
            target="_blank"
            rel="noopener"
            className={buttonClass(state.at === 'ready' ? 'main' : 'second')}
          >
            <ExternalLink aria-hidden className="size-4" />
            {words.openPdf}
          </a>
        )}
        {state.at === 'failed' && <DownloadLink address={address} main />}
        <Button onClick={onAgain}>{words.again}</Button>
      </div>
    </div>
  )
}

function Title({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-3 font-semibold">
      <span aria-hidden className="mt-0.5 [&>svg]:size-5">
        {icon}
      </span>
      {children}
    </p>
  )
}

function DownloadLink({ address, main = false }: { address: string; main?: boolean }) {
  return (
    <a href={address} download className={`${buttonClass(main ? 'main' : 'second')} ${main ? '' : 'mt-3'}`}>
      <Download aria-hidden className="size-4" />
      {words.download}
    </a>
  )
}

/** The uncounted page, for when nothing could be counted. */
function pdfOf(certificateId: string, { kind, paper }: PrintJob): string {
  const variant = kind === 'large' ? 'large' : 'normal'
  return addressOf('GET /v3/certificates/{certificateId}.{extension}', {
    params: { certificateId, extension: 'pdf' },
    query: { paper, variant },
  })
}
