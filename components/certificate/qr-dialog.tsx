'use client'
/** The QR code large enough to be scanned from the screen. */
import { Dialog } from 'radix-ui'
import { documentOf } from '@/components/registry'
import { DialogClose } from '@/components/ui/dialog-close'
import { Facts } from '@/components/ui/facts'
import type { Opened } from '@/components/ui/use-opener'
import { CertificateNumber } from '@/components/ui/value'
import { words } from '@/components/words'

interface QrDialogProps {
  certificateId: string
  detail: string[]
  opened: Opened
}

export function QrDialog({ certificateId, detail, opened: { open, onOpenChange, onCloseAutoFocus } }: QrDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="sheet fixed top-1/2 left-1/2 z-50 max-h-[96dvh] w-[min(94vw,34rem)] -translate-1/2 overflow-auto p-5 shadow-lift"
        >
          <div className="flex items-start justify-between gap-4">
            <div>
              <Dialog.Title className="font-serif text-xl">{words.record.qrTitle}</Dialog.Title>
              <Facts className="text-sm text-ink-3">
                <span>
                  <CertificateNumber id={certificateId} />
                </span>
                {detail.map((fact) => (
                  <span key={fact}>{fact}</span>
                ))}
              </Facts>
            </div>
            <DialogClose label={words.close} />
          </div>
          {/* eslint-disable-next-line @next/next/no-img-element */}
          <img
            src={documentOf.qr(certificateId)}
            alt={words.record.qrAlt(certificateId)}
            className="mt-4 aspect-square w-full rounded-control bg-white"
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
