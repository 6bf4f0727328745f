'use client'
/** Asks for password and code, or leads to the sign-in service. */
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import { ProveForm } from '@/components/account/prove-form'
import type { useSending } from '@/components/account/use-sending'
import { Button, buttonClass } from '@/components/ui/button'
import type { AccountView } from '@/lib/people/answers'
import { words } from './words'

interface ProofDialogProps {
  account: AccountView
  /** Begins the ids of its controls. */
  prefix: string
  sending: ReturnType<typeof useSending>
  onProve: (body: { password: string; code: string }) => void
  onCancel: () => void
}

export function ProofDialog({ account, prefix, sending, onProve, onCancel }: ProofDialogProps) {
  const opener = useRef<Element | null>(null)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onCancel()}>
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
          <Dialog.Description className="mt-2 text-ink-2">
            {account.external ? words.external(account.service?.name ?? '') : words.lead}
          </Dialog.Description>
          {account.external ? (
            <ServiceAgain name={account.service?.name ?? ''} />
          ) : (
            <ProveForm
              prefix={prefix}
              action={words.action}
              withCode={account.secondFactor.since !== null}
              sending={sending}
              onSend={onProve}
              onCancel={onCancel}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
