'use client'
/** Asks again who is at the screen when the registry wants to know, and then lets the request that waited go on. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useSending } from '@/components/account/use-sending'
import { useLater } from '@/components/ui/use-later'
import { call, setProof } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'

/** Names the controls of the dialog. */
const PREFIX = 'proof-'

interface Waiting {
  account: AccountView
  settle: (proved: boolean) => void
}

export function ProofGuard({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const asked = useRef<Promise<boolean> | null>(null)
  const part = useLater(dialog, waiting !== null)
  const sending = useSending(PREFIX, `${PREFIX}password`)
  useEffect(() => {
    const ask = async () => {
      const account = await call('GET /v3/account')
      return new Promise<boolean>((settle) => setWaiting({ account, settle }))
    }
    // Requests that come together are asked about once.
    setProof(() => (asked.current ??= ask().finally(() => (asked.current = null))))
    return () => setProof(null)
  }, [])
  const close = (proved: boolean) => {
    waiting?.settle(proved)
    setWaiting(null)
    sending.fail([])
  }
  const prove = (body: { password: string; code: string }) =>
    void sending.run(
      () => call('POST /v3/account/proof', { body: body.code === '' ? { password: body.password } : body }),
      () => close(true),
    )
  return (
    <>
      {children}
      {waiting && part && (
        <part.ProofDialog
          account={waiting.account}
          prefix={PREFIX}
          sending={sending}
          onProve={prove}
          onCancel={() => close(false)}
        />
      )}
    </>
  )
}

function dialog() {
  return import('./proof-dialog')
}
