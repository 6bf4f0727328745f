'use client'
/** A button that opens a dialog whose code comes later: what the button says of it, and what the dialog is given. */
import { useRef, useState, type ComponentProps } from 'react'
import { useLater } from './use-later'

/** What a dialog is given that a button of its own page opens. */
export interface Opened {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Puts the focus back to the button. */
  onCloseAutoFocus: (event: Event) => void
}

interface Opener<T> {
  button: Pick<ComponentProps<'button'>, 'ref' | 'type' | 'aria-haspopup' | 'aria-expanded' | 'onClick'>
  /** Null until its code is there. */
  part: T | null
  opened: Opened
}

/** `load` brings the module of the dialog: once the page has come to rest, or when the button is pressed. A function of a module. */
export function useOpener<T extends object>(load: () => Promise<T>): Opener<T> {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const part = useLater(load, open)
  return {
    button: {
      ref: button,
      type: 'button',
      'aria-haspopup': 'dialog',
      'aria-expanded': open,
      onClick: () => setOpen(true),
    },
    part,
    opened: {
      open,
      onOpenChange: setOpen,
      onCloseAutoFocus: (event) => {
        event.preventDefault()
        button.current?.focus()
      },
    },
  }
}
