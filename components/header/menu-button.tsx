'use client'
/** The button of a menu whose code is not here yet. Looks and is called as the one that takes its place. */
import type { ReactNode } from 'react'

interface MenuButtonProps {
  className: string
  children: ReactNode
  onOpen: () => void
  /** Told so that the one that takes its place has the focus, too. */
  onFocusChange: (focused: boolean) => void
}

export function MenuButton({ className, children, onOpen, onFocusChange }: MenuButtonProps) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      className={className}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        onOpen()
      }}
      onFocus={() => onFocusChange(true)}
      onBlur={() => onFocusChange(false)}
    >
      {children}
    </button>
  )
}
