'use client'
/** A menu under its button, at the end of the header. */
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

/** How a menu takes the place of the button that was there before its code came. */
export interface MenuPlace {
  /** The button, and what stands on it. */
  className: string
  children: ReactNode
  /** Was it pressed, or reached, before this was here? */
  defaultOpen: boolean
  autoFocus: boolean
}

interface MenuProps {
  place: MenuPlace
  width: string
  onCloseAutoFocus?: (event: Event) => void
  children: ReactNode
}

export function Menu({ place, width, onCloseAutoFocus, children }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen={place.defaultOpen}>
      <DropdownMenu.Trigger autoFocus={place.autoFocus} className={place.className}>
        {place.children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className={`sheet z-50 p-1.5 shadow-lift ${width}`}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
