'use client'
/** The menu with the ways to the other pages, where there is no room for links. */
import { useRouter } from 'next/navigation'
import { DropdownMenu } from 'radix-ui'
import { useFlow } from '@/components/flow'
import { Menu, type MenuPlace } from './menu'
import { Count, type Way } from './way'

interface NavMenuItemsProps extends MenuPlace {
  ways: Way[]
  isHere: (href: string) => boolean
}

export function NavMenuItems({ ways, isHere, ...place }: NavMenuItemsProps) {
  const flow = useFlow()
  const router = useRouter()
  return (
    <Menu place={place} width="w-60">
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
    </Menu>
  )
}
