import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'

/** The cross in the corner of a dialog, as large as a finger; it stands out of the dialog's padding. */
export function DialogClose({ label, className = '-m-2' }: { label: string; className?: string }) {
  return (
    <Dialog.Close
      aria-label={label}
      className={`${className} grid size-11 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-act-soft`}
    >
      <X aria-hidden className="size-5" />
    </Dialog.Close>
  )
}
