'use client'
/** Sends a change of a certificate's validity. The same request again carries the same key: after a lost answer it is not done twice. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { codeOf, newAttempt } from '@/components/registry'
import { ApiError, call } from '@/lib/api/call'
import type { StatusReason } from '@/lib/api/contract'
import { words, type Action } from './words'

export interface ChangeToSend {
  reason: StatusReason
  /** An instant; only for a suspension. */
  until?: string | null
}

/** done; overtaken: the certificate is not what it was when the page opened; else a sentence. */
export type Sent = { is: 'done' } | { is: 'overtaken' } | { is: 'failed'; message: string }

const OVERTAKEN = new Set(['STALE_VERSION', 'CERTIFICATE_REVOKED', 'NOT_SUSPENDED', 'NOT_FOUND'])

export function useStatusChange(certificateId: string, action: Action) {
  const [busy, setBusy] = useState(false)
  const last = useRef({ request: '', attempt: '' })
  const client = useQueryClient()
  const send = async (change: ChangeToSend): Promise<Sent> => {
    const request = JSON.stringify(change)
    if (last.current.request !== request) last.current = { request, attempt: newAttempt() }
    const options = { params: { certificateId }, headers: { 'idempotency-key': last.current.attempt } }
    setBusy(true)
    try {
      if (action === 'cancel')
        await call('POST /v3/certificates/{certificateId}/revoke', { ...options, body: { reason: change.reason } })
      else if (action === 'suspend')
        await call('POST /v3/certificates/{certificateId}/suspend', { ...options, body: change })
      else await call('POST /v3/certificates/{certificateId}/lift', { ...options, body: { reason: change.reason } })
      await client.invalidateQueries()
      return { is: 'done' }
    } catch (error) {
      setBusy(false)
      if (OVERTAKEN.has(codeOf(error))) {
        await client.invalidateQueries({ queryKey: ['certificate', certificateId] })
        return { is: 'overtaken' }
      }
      return { is: 'failed', message: sentenceOf(error) }
    }
  }
  return { busy, send }
}

function sentenceOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'UNREACHABLE') return words.unknownOutcome
  if (code === 'UNAUTHENTICATED') return words.signedOut
  return error instanceof ApiError && error.status < 500 ? error.body.message : words.failed
}
