'use client'
/** Asks again who is at the screen when the registry wants to know, and then lets the request that waited go on. */
import { Dialog } from 'radix-ui'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { ProveForm } from '@/components/account/prove-form'
import { useSending } from '@/components/account/use-sending'
import { Button, buttonClass } from '@/components/ui/button'
import { call, setProof } from '@/lib/api/call'
import type { AccountView } from '@/lib/people/answers'
import { words } from './words'

const PREFIX = 'proof-'

interface Waiting {
  account: AccountView
  settle: (proved: boolean) => void
}

export function ProofGuard({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const asked = useRef<Promise<boolean> | null>(null)
  const opener = useRef<Element | null>(null)
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
      <Dialog.Root open={waiting !== null} onOpenChange={(open) => !open && close(false)}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
          <Dialog.Content
            onOpenAutoFocus={() => (opener.current = document.activeElement)}
            // A touch beside it does not throw away what was typed.
            onInteractOutside={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              if (opener.current instanceof HTMLElement) opener.current.focus()
            }}
            className="sheet fixed top-1/2 left-1/2 z-50 max-h-[92vh] w-[min(92vw,28rem)] -translate-1/2 overflow-y-auto p-6 shadow-lift"
          >
            <Dialog.Title className="font-serif text-xl leading-snug font-semibold">{words.title}</Dialog.Title>
            {waiting && (
              <>
                <Dialog.Description className="mt-2 text-ink-2">
                  {waiting.account.external ? words.external(waiting.account.service?.name ?? '') : words.lead}
                </Dialog.Description>
                {waiting.account.external ? (
                  <ServiceAgain name={waiting.account.service?.name ?? ''} />
                ) : (
                  <ProveForm
                    prefix={PREFIX}
                    action={words.action}
                    withCode={waiting.account.secondFactor.since !== null}
                    sending={sending}
                    onSend={prove}
                    onCancel={() => close(false)}
                  />
                )}
              </>
            )}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  )
}

function ServiceAgain({ name }: { name: string }) {
  return (
    <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
      <Dialog.Close className={buttonClass('second')}>{words.cancel}</Dialog.Close>
      <Button kind="main" onClick={() => void toService()}>
        {words.toService(name)}
      </Button>
    </div>
  )
}

/** Leads to the sign-in service and back to this page. Its code comes when it is needed: this guard stands on every page. */
async function toService(): Promise<void> {
  const { signIn } = await import('next-auth/react')
  await signIn('oidc', { callbackUrl: location.href })
}
