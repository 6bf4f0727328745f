'use client'
/** Sends a request of this page and keeps what came back. */
import { useEffect, useRef, useState } from 'react'
import type { PlainRequest } from './as-code'

export interface TryAnswer {
  status: number
  milliseconds: number
  bytes: number
  requestId: string | null
  headers: [string, string][]
  /** Text, made readable where it is JSON; else where the bytes can be had. */
  content: { text: string } | { file: string; type: string; name: string } | null
}

export type Outcome = { answer: TryAnswer } | { unreachable: true } | null

export function useTry() {
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [sending, setSending] = useState(false)
  const file = useRef<string | null>(null)
  const dropFile = () => {
    if (file.current) URL.revokeObjectURL(file.current)
    file.current = null
  }
  useEffect(() => dropFile, [])

  const send = async (request: PlainRequest, token: string | null) => {
    setSending(true)
    dropFile()
    setOutcome(null)
    try {
      const answer = await sent(request, token)
      if (answer.content && 'file' in answer.content) file.current = answer.content.file
      setOutcome({ answer })
    } catch {
      setOutcome({ unreachable: true })
    } finally {
      setSending(false)
    }
  }
  return { outcome, sending, send }
}

async function sent(request: PlainRequest, token: string | null): Promise<TryAnswer> {
  const headers = new Headers(request.headers)
  if (request.authorized && token) headers.set('authorization', `Bearer ${token}`)
  const began = performance.now()
  const response = await fetch(request.url, {
    method: request.method,
    headers,
    body: request.body,
    // The token alone is asked with, not who happens to be signed in here.
    credentials: 'omit',
    cache: 'no-store',
  })
  const blob = await response.blob()
  return {
    status: response.status,
    milliseconds: Math.round(performance.now() - began),
    bytes: blob.size,
    requestId: response.headers.get('x-request-id'),
    headers: [...response.headers],
    content: await contentOf(blob, response, request.saveAs),
  }
}

async function contentOf(blob: Blob, response: Response, saveAs: string | null): Promise<TryAnswer['content']> {
  if (blob.size === 0) return null
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!
  if (type === 'application/pdf' || type.startsWith('image/')) {
    return { file: URL.createObjectURL(new Blob([blob], { type })), type, name: saveAs ?? 'answer' }
  }
  const text = await blob.text()
  return { text: type.endsWith('json') ? indented(text) : text }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
