'use client'
/** Counts copies and opens the browser's print window with them; where that cannot be, says where the PDF is. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { addressOf, call } from '@/lib/api/call'
import { printsKey } from './use-prints'

export interface PrintJob {
  kind: 'page' | 'large'
  paper: 'a4' | 'us-letter'
  copies: number
}

export type PrinterState =
  | { at: 'idle' }
  | { at: 'preparing' }
  /** sent: the print window was opened; ready: this browser opens none by itself; failed: it should have, and did not. */
  | { at: 'sent' | 'ready' | 'failed'; job: PrintJob; address: string }
  /** Nothing was made and nothing counted. */
  | { at: 'refused' }

export interface Printer {
  state: PrinterState
  /** For the hidden frame that the print window belongs to. */
  frame: { src: string | null; onLoad: (frame: HTMLIFrameElement) => void }
  print: (job: PrintJob) => void
  again: () => void
}

export function usePrinter(certificateId: string): Printer {
  const queries = useQueryClient()
  const [state, setState] = useState<PrinterState>({ at: 'idle' })
  const [src, setSrc] = useState<string | null>(null)
  const waiting = useRef<{ job: PrintJob; address: string } | null>(null)

  const print = async (job: PrintJob) => {
    setState({ at: 'preparing' })
    setSrc(null)
    try {
      const address = await counted(certificateId, job)
      void queries.invalidateQueries({ queryKey: printsKey(certificateId) })
      if (!(await isThere(address))) return setState({ at: 'failed', job, address })
      if (!navigator.pdfViewerEnabled) return setState({ at: 'ready', job, address })
      waiting.current = { job, address }
      setSrc(address)
    } catch {
      setState({ at: 'refused' })
    }
  }
  const onLoad = (frame: HTMLIFrameElement) => {
    const loaded = waiting.current
    if (!loaded) return
    waiting.current = null
    setState({ at: openPrintWindow(frame) ? 'sent' : 'failed', ...loaded })
  }
  return {
    state,
    frame: { src, onLoad },
    print: (job) => void print(job),
    again: () => {
      setSrc(null)
      setState({ at: 'idle' })
    },
  }
}

/** The address of the copies, once they are counted. */
async function counted(certificateId: string, job: PrintJob): Promise<string> {
  const { printId } = await call('POST /v3/certificates/{certificateId}/prints', {
    params: { certificateId },
    body: job,
  })
  const variant = job.kind === 'large' ? 'large' : 'normal'
  return addressOf('GET /v3/certificates/{certificateId}.{extension}', {
    params: { certificateId, extension: 'pdf' },
    query: { paper: job.paper, variant, print: printId },
  })
}

/** A frame does not say whether it shows the PDF or an answer that there is none. */
async function isThere(address: string): Promise<boolean> {
  const answer = await fetch(address, { cache: 'no-store' }).catch(() => null)
  return answer?.ok === true && answer.headers.get('content-type') === 'application/pdf'
}

/** False where the browser's PDF viewer lets nobody in (some do). */
function openPrintWindow(frame: HTMLIFrameElement): boolean {
  try {
    frame.contentWindow!.focus()
    frame.contentWindow!.print()
    return true
  } catch {
    return false
  }
}
