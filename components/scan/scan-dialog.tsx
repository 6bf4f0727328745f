'use client'
/** A dialog in which the code of a certificate is read, for its number alone. */
import dynamic from 'next/dynamic'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { DialogClose } from '@/components/ui/dialog-close'
import { Notice } from '@/components/ui/notice'
import type { Opened } from '@/components/ui/use-opener'
import type { numberIn } from '@/lib/verification/scanned'
import { oldCertificateWords as words } from './old-certificate-words'

const NumberScanner = dynamic(() => import('./number-scanner').then(({ NumberScanner }) => NumberScanner), {
  ssr: false,
})

interface ScanDialogProps {
  /** Called with the certificate number. */
  onFound: (certificateId: string) => void
  opened: Opened
}

export function ScanDialog({ onFound, opened: { open, onOpenChange, onCloseAutoFocus } }: ScanDialogProps) {
  const [refused, setRefused] = useState<string | null>(null)
  const take = (found: ReturnType<typeof numberIn>) => {
    if (typeof found === 'string') return setRefused(words[found])
    onOpenChange(false)
    onFound(found.number)
  }
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next)
        setRefused(null)
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[#0b1016]/55" />
        <Dialog.Content
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-0 top-0 z-50 mx-auto max-h-dvh w-full max-w-xl overflow-y-auto bg-paper p-4 sm:top-[6dvh] sm:max-h-[88dvh] sm:rounded-sheet sm:p-6"
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-serif text-2xl font-semibold">{words.title}</Dialog.Title>
            <DialogClose label={words.close} className="-me-2 -mt-1" />
          </div>
          <Dialog.Description className="mt-1 mb-4 text-[0.9375rem] text-ink-2">{words.lead}</Dialog.Description>
          {refused && <Notice kind="warn" live="alert" title={refused} className="mb-4" />}
          <NumberScanner onRead={take} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
