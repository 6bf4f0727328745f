'use client'
/** The menu with the ways to the other pages, where there is no room for links. */
import { useRouter } from 'next/navigation'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { useFlow } from '@/components/flow'
import { Count, type Way } from './way'

interface NavMenuItemsProps {
  ways: Way[]
  isHere: (href: string) => boolean
  /** The button, and what stands on it. */
  className: string
  children: ReactNode
  /** Was it pressed, or reached, before this was here? */
  defaultOpen: boolean
  autoFocus: boolean
}

export function NavMenuItems({ ways, isHere, className, children, defaultOpen, autoFocus }: NavMenuItemsProps) {
  const flow = useFlow()
  const router = useRouter()
  return (
    <DropdownMenu.Root defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger autoFocus={autoFocus} className={className}>
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className="sheet z-50 w-60 p-1.5 shadow-lift">
          {ways.map((way) => (
            <DropdownMenu.Item
              key={way.href}
              aria-current={isHere(way.href) ? 'page' : undefined}
              onSelect={() => flow.leave(() => router.push(way.href))}
              className="flex min-h-11 w-full cursor-pointer items-center gap-2.5 rounded-control px-3 outline-none aria-[current]:font-semibold data-highlighted:bg-act-soft data-highlighted:text-act"
            >
              {way.label}
              <Count way={way} />
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
