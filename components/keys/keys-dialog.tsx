'use client'
/** The list of keys. */
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import { DialogClose } from '@/components/ui/dialog-close'
import { words } from '@/components/words'
import { useKeys } from './keys-provider'
import { keyWords } from './words'

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { on } = useKeys()
  const cameFrom = useRef<Element | null>(null)
  return (
    <Dialog.Root open={open} onOpenChange={(wanted) => !wanted && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <Dialog.Content
          onOpenAutoFocus={() => {
            cameFrom.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
          }}
          className="sheet fixed top-1/2 left-1/2 z-50 max-h-[96dvh] w-[min(94vw,30rem)] -translate-1/2 overflow-auto p-5 shadow-lift sm:p-6"
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-serif text-xl font-semibold">{keyWords.title}</Dialog.Title>
            <DialogClose label={words.close} />
          </div>
          <table className="mt-3 w-full text-[0.9375rem]">
            <thead className="sr-only">
              <tr>
                <th scope="col">{keyWords.keys}</th>
                <th scope="col">{keyWords.does}</th>
              </tr>
            </thead>
            <tbody>
              {keyWords.list.map(({ keys, does }) => (
                <tr key={does} className="border-b border-line last:border-0">
                  <td className="py-2.5 pe-4 whitespace-nowrap">
                    <bdi dir="ltr" className="inline-flex gap-1">
                      {keys.map((key) => (
                        <kbd
                          key={key}
                          className="rounded-[4px] border border-line-strong bg-paper px-1.5 font-sans text-xs leading-6"
                        >
                          {key}
                        </kbd>
                      ))}
                    </bdi>
                  </td>
                  <td className="py-2.5">{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Dialog.Description className="mt-4 text-sm text-ink-2">
            {on ? keyWords.optional : keyWords.off}
          </Dialog.Description>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
